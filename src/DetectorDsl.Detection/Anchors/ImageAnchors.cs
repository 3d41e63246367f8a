using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Anchors;

/// <summary>The anchors, or grid cells, of a batch by pyramid level: the same for every image, or each image's own.</summary>
public sealed class ImageAnchors
{
    // One entry where all images have the same.
    private readonly Boxes[][] levels;
    private readonly Lazy<Boxes>[] together;
    private readonly bool areShared;

    private ImageAnchors(Boxes[][] levels, bool areShared)
    {
        (this.levels, this.areShared) = (levels, areShared);
        together = [.. levels.Select(own => new Lazy<Boxes>(() => Boxes.Concat(own)))];
    }

    /// <summary>Whether some are in double precision.</summary>
    public bool AreDouble => Boxes.AnyDouble(levels.SelectMany(static own => own));

    /// <summary>The same anchors for every image.</summary>
    /// <param name="levels">Anchors of each level.</param>
    public static implicit operator ImageAnchors(Boxes[] levels) => new([levels], areShared: true);

    /// <summary>Anchors of each image's own.</summary>
    /// <param name="images">Anchors of each image and level.</param>
    public static implicit operator ImageAnchors(Boxes[][] images) => new(images, areShared: false);

    /// <summary>Anchors of an image, level by level.</summary>
    /// <param name="image">Which image of the batch.</param>
    /// <returns>As many boxes as the level has anchors.</returns>
    public Boxes[] LevelsOf(int image) => levels[Entry(image)];

    /// <summary>Anchors of an image, the levels one after the other.</summary>
    /// <param name="image">Which image of the batch.</param>
    /// <returns>K boxes; the same object each time, and for all images that share them.</returns>
    public Boxes Of(int image) => together[Entry(image)].Value;

    /// <summary>Number of an image's anchors.</summary>
    /// <param name="image">Which image of the batch.</param>
    /// <returns>K.</returns>
    public int CountOf(int image) => LevelsOf(image).Sum(level => level.Count);

    /// <summary>The anchors of a batch, checked against what was predicted for them.</summary>
    /// <param name="images">Images of the batch, N.</param>
    /// <param name="count">Anchors that predictions are for, K.</param>
    /// <exception cref="ArgumentException">There are anchors for other than N images, or other than K for one.</exception>
    internal void Check(int images, int count)
    {
        if (!areShared && levels.Length != images)
        {
            throw new ArgumentException($"Anchors of {levels.Length} images do not fit a batch of {images} images.");
        }

        var given = Enumerable.Range(0, images).Select(CountOf).FirstOrDefault(given => given != count, count);
        if (given != count)
        {
            throw new ArgumentException($"{images} images with {given} anchors each do not fit predictions for {count} anchors each.");
        }
    }

    private int Entry(int image) => areShared ? 0 : image;
}
