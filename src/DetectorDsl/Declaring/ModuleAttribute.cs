namespace DetectorDsl;

/// <summary>
/// Names the class that does a component's work at run time. Its constructor's parameters are matched to the component's properties by name
/// (ignoring the case of the first letter) and by type; the names below are filled in by the surroundings.
/// </summary>
/// <remarks>
/// Filled in where the constructor asks for them: <c>inputChannels</c> (one number, or a list with one number per level), <c>inputStrides</c>,
/// <c>inChannels</c>/<c>inFeatures</c>, <c>outFeatures</c>, <c>classes</c> (C, foreground classes), <c>classCounts</c> (instances per class
/// in the training set), <c>seed</c> and, for samplers of images, <c>index</c> (which classes each image holds).
/// </remarks>
/// <param name="type">The class; it must be public or visible to the declaring project, not abstract, and have one public constructor.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModuleAttribute(Type type) : Attribute
{
    /// <summary>The class that does the component's work.</summary>
    public Type Type { get; } = type;
}
