namespace DetectorDsl;

/// <summary>
/// Names the class that does a component's work at run time. Its constructor's parameters are matched to the component's properties by name
/// (ignoring the case of the first letter) and by type; the names below are filled in by the surroundings.
/// </summary>
/// <remarks>
/// Filled in where the constructor asks for them, everywhere: <c>classes</c> (C, foreground classes), <c>classCounts</c> and <c>imageCounts</c> (instances and images of
/// each class in the training set, -1 where the category file does not say). By place: <c>inputChannels</c> and <c>inputStrides</c> of a neck (a list with one number per
/// level, or one number where all are equal), <c>inFeatures</c> and <c>outFeatures</c> of a classifier, <c>inChannels</c> and <c>outChannels</c> of a mask predictor,
/// <c>channels</c> of an up-sampling, <c>seed</c> (a <see cref="long" />) of augmentations and samplers of images, <c>index</c> (which classes each image holds) of these
/// samplers, <c>model</c> of an optimizer, <c>epochs</c> (a <see cref="double" />) and <c>totalUpdates</c> (a <see cref="long" />) of a schedule.
/// </remarks>
/// <param name="type">The class; it must be public or visible to the declaring project, not abstract, and have one public constructor.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModuleAttribute(Type type) : Attribute
{
    /// <summary>The class that does the component's work.</summary>
    public Type Type { get; } = type;
}
