using System.Numerics;

namespace DetectorDsl.Structures;

/// <summary>Regions of interest of a batch: boxes that a second stage looks at, on the host, image by image.</summary>
/// <remarks>They stay there: levels, refinement and mask targets are computed from them, and what a device needs of them is made when it is asked for.</remarks>
public sealed class Rois
{
    private readonly Lazy<Boxes> all;

    /// <summary>The RoIs of a batch.</summary>
    /// <param name="images">RoIs of each of the N images.</param>
    public Rois(IReadOnlyList<Boxes> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Images = images;
        all = new Lazy<Boxes>(() => Boxes.Concat(images));
    }

    /// <summary>RoIs of each of the N images.</summary>
    public IReadOnlyList<Boxes> Images { get; }

    /// <summary>The R RoIs of all images, in order.</summary>
    public Boxes All => all.Value;

    /// <summary>Number of RoIs, R.</summary>
    public int Count => Images.Sum(static boxes => boxes.Count);

    /// <summary>The image of each RoI.</summary>
    /// <returns>R numbers, 0 to N - 1, ascending.</returns>
    public long[] ImageIndices() => [.. Images.SelectMany(static (boxes, image) => Enumerable.Repeat((long)image, boxes.Count))];

    /// <summary>The RoIs as rows of numbers.</summary>
    /// <typeparam name="T">Precision: <see cref="float" /> or <see cref="double" />.</typeparam>
    /// <returns>R x 5: image, x1, y1, x2, y2.</returns>
    public T[] Rows<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = new T[Count * 5];
        var next = 0;
        for (var image = 0; image < Images.Count; image++)
        {
            foreach (var box in Images[image].In<T>())
            {
                (rows[next], rows[next + 1], rows[next + 2]) = (T.CreateTruncating(image), box.X1, box.Y1);
                (rows[next + 3], rows[next + 4]) = (box.X2, box.Y2);
                next += 5;
            }
        }

        return rows;
    }

    /// <summary>The first RoIs of each image.</summary>
    /// <param name="countOf">How many of an image's.</param>
    /// <returns>Those RoIs.</returns>
    public Rois First(Func<int, int> countOf) => new([.. Images.Select((boxes, image) => boxes[..countOf(image)])]);
}
