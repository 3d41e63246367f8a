namespace DetectorDsl.Evaluation.Matching;

/// <summary>A few categories of each image.</summary>
internal sealed class ImageCategories
{
    private readonly int[] starts;
    private readonly int[] categories;

    public ImageCategories(int images, IEnumerable<(int Image, int Category)> pairs)
    {
        var list = pairs.Distinct().ToArray();
        starts = new int[images + 1];
        categories = new int[list.Length];
        foreach (var (image, _) in list)
        {
            starts[image + 1]++;
        }

        for (var image = 0; image < images; image++)
        {
            starts[image + 1] += starts[image];
        }

        var next = starts.AsSpan().ToArray();
        foreach (var (image, category) in list)
        {
            categories[next[image]++] = category;
        }
    }

    public bool Contains(int image, int category) => categories.AsSpan(starts[image]..starts[image + 1]).Contains(category);
}
