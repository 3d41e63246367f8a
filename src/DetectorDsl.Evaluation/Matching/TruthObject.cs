using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>An annotated object, filed under image and category.</summary>
/// <param name="Annotation">The object.</param>
/// <param name="Image">Place of the image in order of ids.</param>
/// <param name="Category">Place of the category in order of ids.</param>
/// <param name="IsCrowd">Whether it is a crowd under the rules in force.</param>
/// <param name="IsIgnored">Whether it need not be found under the rules in force, as no crowd need be.</param>
internal readonly record struct TruthObject(InstanceAnnotation Annotation, int Image, int Category, bool IsCrowd, bool IsIgnored);
