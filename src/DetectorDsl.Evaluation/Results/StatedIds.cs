using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>The numbers that were given to ids which are words in the annotations; results name images and categories by the same words.</summary>
/// <param name="Images">Of images.</param>
/// <param name="Categories">Of categories.</param>
internal sealed record StatedIds(IReadOnlyDictionary<string, long> Images, IReadOnlyDictionary<string, long> Categories)
{
    /// <summary>The words of some annotations.</summary>
    public static StatedIds Of(AnnotationSet? truth) =>
        new(
            truth?.Images.Where(image => image.StatedId is not null).ToDictionary(image => image.StatedId!, image => image.Id) ?? [],
            truth
                ?.Categories.Where(category => category.StatedId is not null)
                .ToDictionary(category => category.StatedId!, category => (long)category.Id)
                ?? []
        );
}
