using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Rendering;

/// <summary>Distributes exact numbers of instances over images: a class stands at most once in an image, and images fill evenly.</summary>
internal static class SceneAllocation
{
    /// <param name="counts">Instances of each class; none may exceed the number of images.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="random">Breaks ties.</param>
    /// <returns>Classes of each image in drawing order.</returns>
    /// <exception cref="ArgumentException">A class has more instances than there are images.</exception>
    public static ImmutableArray<ImmutableArray<int>> Distribute(IReadOnlyList<int> counts, int images, RandomSource random)
    {
        if (counts.Any(count => count > images))
        {
            throw new ArgumentException(
                $"{counts.Max()} instances of a class do not fit into {images} images, one in each.",
                nameof(counts)
            );
        }

        var scenes = Enumerable.Range(0, images).Select(_ => new List<int>()).ToArray();
        foreach (var index in Enumerable.Range(0, counts.Count).OrderByDescending(index => counts[index]).ThenBy(index => index))
        {
            var keys = Enumerable.Range(0, images).Select(_ => random.NextDouble()).ToArray();
            foreach (
                var image in Enumerable
                    .Range(0, images)
                    .OrderBy(image => scenes[image].Count)
                    .ThenBy(image => keys[image])
                    .Take(counts[index])
            )
            {
                scenes[image].Add(index);
            }
        }

        foreach (var scene in scenes)
        {
            random.Shuffle(CollectionsMarshal.AsSpan(scene));
        }

        return [.. scenes.Select(scene => scene.ToImmutableArray())];
    }
}
