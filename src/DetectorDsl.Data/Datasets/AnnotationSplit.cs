using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Datasets;

/// <summary>
/// Divides the images of a set so that each part has its share of every class, the rarest first: iterative stratification (Sechidis, Tsoumakas,
/// Vlahavas, "On the Stratification of Multi-Label Data", 2011, algorithm 1).
/// </summary>
public static class AnnotationSplit
{
    // Shares that are meant to make a whole may miss it by so much.
    private const double Rounding = 1e-9;

    /// <summary>Divides.</summary>
    /// <param name="set">The annotations.</param>
    /// <param name="shares">Share of the images of each part, above 0, together at most 1; what is left goes nowhere.</param>
    /// <param name="seed">Decides between images that serve equally well.</param>
    /// <returns>The parts in the order of the shares, each in the set's order; categories stay as they are.</returns>
    public static ImmutableArray<AnnotationSet> Divide(AnnotationSet set, IReadOnlyList<double> shares, long seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(shares);
        var rest = 1 - shares.Sum();
        var parts = Assign(set, [.. shares, rest > Rounding ? rest : 0], seed);
        return
        [
            .. Enumerable
                .Range(0, shares.Count)
                .Select(part =>
                    set with
                    {
                        Images = [.. set.Images.Where(image => parts[image.Id] == part)],
                        Annotations = [.. set.Annotations.Where(annotation => parts[annotation.ImageId] == part)],
                    }
                ),
        ];
    }

    private static Dictionary<long, int> Assign(AnnotationSet set, double[] shares, long seed)
    {
        var classesOf = set
            .Annotations.GroupBy(annotation => annotation.ImageId)
            .ToDictionary(group => group.Key, group => group.Select(annotation => annotation.CategoryId).Distinct().ToArray());
        var images = set.Images.Select(image => image.Id).ToArray();
        RandomSource.For(seed, 41).Shuffle(images.AsSpan());
        var imagesOf = images
            .SelectMany(image => classesOf.GetValueOrDefault(image, []).Select(category => (category, image)))
            .GroupBy(pair => pair.category, pair => pair.image)
            .ToDictionary(group => group.Key, group => group.ToList());
        var left = imagesOf.ToDictionary(pair => pair.Key, pair => pair.Value.Count);
        var wantedOf = imagesOf.ToDictionary(pair => pair.Key, pair => shares.Select(share => share * pair.Value.Count).ToArray());
        var wanted = shares.Select(share => share * images.Length).ToArray();
        var parts = new Dictionary<long, int>(images.Length);
        while (left.Count > 0)
        {
            // Equal counts are told apart by the id, so that the result does not hang on a dictionary's order.
            var rarest = left.MinBy(pair => (pair.Value, pair.Key)).Key;
            foreach (var image in imagesOf[rarest].Where(image => !parts.ContainsKey(image)))
            {
                Put(image, Neediest(wantedOf[rarest]));
            }

            left.Remove(rarest);
        }

        foreach (var image in images.Where(image => !parts.ContainsKey(image)))
        {
            Put(image, Neediest(wanted));
        }

        return parts;

        int Neediest(double[] needs) =>
            Enumerable.Range(0, needs.Length).Where(part => shares[part] > 0).MaxBy(part => (needs[part], wanted[part], -part));

        void Put(long image, int part)
        {
            parts[image] = part;
            wanted[part]--;
            foreach (var category in classesOf.GetValueOrDefault(image, []))
            {
                wantedOf[category][part]--;
                if (left.TryGetValue(category, out var count))
                {
                    left[category] = count - 1;
                }
            }
        }
    }
}
