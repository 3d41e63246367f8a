namespace DetectorDsl.Evaluation.Matching;

/// <summary>A few categories of each image.</summary>
internal sealed class ImageCategories
{
    private readonly int[] starts;
    private readonly int[] ends;
    private readonly int[] categories;

    /// <summary>Files pairs, of which some may be the same.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="pairs">Image and category.</param>
    public ImageCategories(int images, ReadOnlySpan<ImageCategory> pairs)
    {
        starts = new int[images + 1];
        categories = new int[pairs.Length];
        foreach (var (image, _) in pairs)
        {
            starts[image + 1]++;
        }

        for (var image = 0; image < images; image++)
        {
            starts[image + 1] += starts[image];
        }

        ends = starts.AsSpan(0, images).ToArray();
        foreach (var (image, category) in pairs)
        {
            if (!Contains(image, category))
            {
                categories[ends[image]++] = category;
            }
        }
    }

    public bool Contains(int image, int category)
    {
        for (var i = starts[image]; i < ends[image]; i++)
        {
            if (categories[i] == category)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A category that an image has, or was searched for.</summary>
/// <param name="Image">Place of the image in order of ids.</param>
/// <param name="Category">Place of the category in order of ids, or of its curve.</param>
internal readonly record struct ImageCategory(int Image, int Category);
