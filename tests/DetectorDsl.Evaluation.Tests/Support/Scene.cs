using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Tests.Support;

/// <summary>Builds small annotation sets: images of 200 x 200 with ids from 1, categories with ids from 1.</summary>
internal sealed class Scene(int images, int categories)
{
    private readonly List<InstanceAnnotation> annotations = [];
    private readonly Dictionary<long, (int[] Absent, int[] NotExhaustive)> searched = [];

    public CategoryFrequency?[] Frequencies { get; init; } = new CategoryFrequency?[categories];

    public Scene Object(long image, int category, Box box, double? area = null, bool isCrowd = false, bool withMask = true)
    {
        var mask = withMask ? new RleSegmentation(RleMask.FromBox(box, 200, 200)) : null;
        annotations.Add(new InstanceAnnotation(annotations.Count + 1, image, category, box, area ?? box.Area, mask, isCrowd));
        return this;
    }

    public Scene Searched(long image, int[] absent, int[] notExhaustive)
    {
        searched[image] = (absent, notExhaustive);
        return this;
    }

    public AnnotationSet Build() =>
        new(
            [
                .. Enumerable
                    .Range(1, images)
                    .Select(id => new AnnotatedImage(id, $"{id}.jpg", 200, 200)
                    {
                        StatesNegatives = true,
                        NegativeCategoryIds = [.. searched.GetValueOrDefault(id).Absent ?? []],
                        NotExhaustiveCategoryIds = [.. searched.GetValueOrDefault(id).NotExhaustive ?? []],
                    }),
            ],
            [.. annotations],
            [.. Enumerable.Range(1, categories).Select(id => new Category(id, $"c{id}") { Frequency = Frequencies[id - 1] })],
            ImmutableArray<AnnotationProblem>.Empty
        );
}
