using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Loading;
using DetectorDsl.Detection.Preparation;

namespace DetectorDsl.Detection.Inference;

/// <summary>Neighbouring images of a data set, ready for a detector.</summary>
/// <param name="Members">The images by their place in the data set, and why one cannot be read; null where it can.</param>
/// <param name="Images">Those that can be read, in order; null where none can.</param>
internal sealed record ImageGroup(IReadOnlyList<(int Index, string? Problem)> Members, PreparedImages? Images) : IDisposable
{
    public void Dispose() => Images?.Dispose();
}

/// <summary>Reads and prepares the images of a data set on threads of their own, ahead of whoever takes them.</summary>
internal static class DatasetImages
{
    /// <summary>The images in groups, in order. A group is freed when the next one is asked for.</summary>
    /// <remarks>Neighbours are taken together only where their padded sizes are equal, so that an image's padding never depends on its neighbours; several copies come image by image.</remarks>
    /// <param name="preparation">How images are prepared.</param>
    /// <param name="copies">In which copies.</param>
    /// <param name="data">The data set.</param>
    /// <param name="threads">Threads that read, at least 1.</param>
    /// <param name="largest">Images of a group, at most.</param>
    /// <param name="cancellation">Ends the walk between two groups.</param>
    public static IEnumerable<ImageGroup> Walk(
        ImagePreparation preparation,
        IReadOnlyList<ImageCopy> copies,
        DetectionDataset data,
        int threads,
        int largest,
        CancellationToken cancellation
    )
    {
        var pixels = preparation.Pixels();
        var groups = Groups(data, preparation, copies.Count == 1 ? largest : 1);
        using var loader = new PrefetchingLoader<ImageGroup>(
            (number, _) => number < groups.Count ? Read(groups[(int)number]) : null,
            threads,
            threads * 2,
            0,
            cancellation
        );
        while (loader.Next() is { } group)
        {
            using (group)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return group;
            }
        }

        ImageGroup Read((int First, int Count) range)
        {
            var members = new List<(int Index, string? Problem)>();
            var images = new List<(long Id, RgbImage Image)>();
            for (var index = range.First; index < range.First + range.Count; index++)
            {
                try
                {
                    images.Add((data.Images[index].Id, data.Read(index).Image));
                    members.Add((index, null));
                }
                catch (ImageException exception)
                {
                    members.Add((index, exception.Message));
                }
            }

            return new ImageGroup(members, images.Count == 0 ? null : PreparedImages.From(preparation, pixels, images, copies));
        }
    }

    private static List<(int First, int Count)> Groups(DetectionDataset data, ImagePreparation preparation, int largest)
    {
        var groups = new List<(int First, int Count)>();
        (int Height, int Width) last = default;
        for (var index = 0; index < data.Images.Length; index++)
        {
            var (height, width) = preparation.Fit(data.Images[index].Height, data.Images[index].Width);
            var padded = (RoundUp(height), RoundUp(width));
            if (groups.Count > 0 && padded == last && groups[^1].Count < largest)
            {
                groups[^1] = (groups[^1].First, groups[^1].Count + 1);
            }
            else
            {
                groups.Add((index, 1));
            }

            last = padded;
        }

        return groups;

        int RoundUp(int size) => (size + preparation.PadTo - 1) / preparation.PadTo * preparation.PadTo;
    }
}
