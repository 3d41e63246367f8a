using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Where an object is, to the pixel.</summary>
public abstract record Segmentation
{
    /// <summary>The mask on an image of the given size.</summary>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <returns>The mask, Height x Width.</returns>
    /// <exception cref="AnnotationException">It cannot be drawn on an image of that size.</exception>
    public abstract RleMask ToMask(int height, int width);

    /// <summary>The mask on its image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The mask, of the image's size; where that is not known, of a size of its own.</returns>
    /// <exception cref="AnnotationException">It cannot be drawn there, or not without knowing the image's size.</exception>
    public abstract RleMask ToMask(AnnotatedImage image);

    /// <summary>Why this cannot be a mask of an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>What is wrong; null where nothing is, as far as the image's size is known.</returns>
    public abstract string? WhyUnfit(AnnotatedImage image);

    /// <summary>The same object in a resized image.</summary>
    /// <param name="scaleX">New width over old width.</param>
    /// <param name="scaleY">New height over old height.</param>
    /// <param name="height">New height.</param>
    /// <param name="width">New width.</param>
    /// <returns>The segmentation in the new image's pixels.</returns>
    public abstract Segmentation Resize(double scaleX, double scaleY, int height, int width);

    /// <summary>The same object in the image mirrored left and right.</summary>
    /// <param name="width">Width of the image.</param>
    /// <returns>The mirrored segmentation.</returns>
    public abstract Segmentation FlipHorizontally(int width);

    /// <summary>What of the object lies in a window of the image.</summary>
    /// <param name="window">The window; what of it reaches beyond the image holds nothing.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <returns>The segmentation in the window's pixels; null where nothing of it lies inside.</returns>
    public abstract Segmentation? Crop(PixelWindow window, int height, int width);

    /// <summary>The smallest box around the object; all zero where it covers nothing.</summary>
    public abstract Box Bounds { get; }

    /// <summary>Writes the member <c>segmentation</c>.</summary>
    /// <param name="json">Receives it.</param>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>The segmentation as bytes.</summary>
    internal abstract (SegmentationForm Form, ReadOnlyMemory<byte> Bytes) Pack();

    /// <summary>The segmentation of which these are the bytes.</summary>
    internal static Segmentation? Unpack(SegmentationForm form, ReadOnlyMemory<byte> bytes) =>
        form switch
        {
            SegmentationForm.Rings => new PolygonSegmentation(bytes),
            SegmentationForm.Runs => RleSegmentation.Unpack(MemoryMarshal.Cast<byte, uint>(bytes.Span)),
            _ => null,
        };
}

/// <summary>One or more closed rings, joined by union.</summary>
public sealed record PolygonSegmentation : Segmentation
{
    private const int ShortestRing = 6;

    private readonly ImmutableArray<ImmutableArray<double>> rings;
    private readonly ReadOnlyMemory<byte> packed;

    /// <summary>Rings of given points.</summary>
    /// <param name="rings">Each ring as x0, y0, x1, y1 ... in pixels.</param>
    public PolygonSegmentation(ImmutableArray<ImmutableArray<double>> rings) => this.rings = rings;

    /// <summary>Rings as a file's reader keeps them.</summary>
    /// <param name="packed">The rings in the form of <see cref="PackedRings" />.</param>
    internal PolygonSegmentation(ReadOnlyMemory<byte> packed) => this.packed = packed;

    /// <summary>Each ring as x0, y0, x1, y1 ... in pixels. Of a set that was read from a file, the rings are unpacked at every call.</summary>
    public ImmutableArray<ImmutableArray<double>> Rings => rings.IsDefault ? PackedRings.Unpack(packed.Span) : rings;

    /// <summary>Whether the other has the same rings, point by point.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True if so.</returns>
    public bool Equals(PolygonSegmentation? other)
    {
        if (other is null)
        {
            return false;
        }

        var (mine, others) = (Rings, other.Rings);
        return mine.Length == others.Length && mine.Zip(others).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));
    }

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var coordinate in Rings.SelectMany(ring => ring))
        {
            hash.Add(coordinate);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override RleMask ToMask(int height, int width) => RleMask.FromPolygons(Rings, height, width);

    /// <inheritdoc />
    public override RleMask ToMask(AnnotatedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.HasSize
            ? ToMask(image.Height, image.Width)
            : throw new AnnotationException(
                $"Image {image.Id} ({image.FileName}) states no width and height, which an outline needs to become a mask; add them to the annotations."
            );
    }

    /// <inheritdoc />
    public override Segmentation Resize(double scaleX, double scaleY, int height, int width) => Map((x, y) => (x * scaleX, y * scaleY));

    /// <inheritdoc />
    public override Segmentation FlipHorizontally(int width) => Map((x, y) => (width - x, y));

    /// <inheritdoc />
    public override Box Bounds
    {
        get
        {
            var points = Rings.Where(ring => ring.Length >= ShortestRing).SelectMany(ring => ring).ToArray();
            return points.Length == 0 ? default : BoundsOf(points);
        }
    }

    /// <inheritdoc />
    /// <remarks>
    /// Outlines stay outlines, cut by the window's borders; one that falls apart becomes several. One that crosses or touches itself and falls
    /// apart becomes a mask: its parts may lie on one another, where the whole counted as outside and their union would not.
    /// </remarks>
    public override Segmentation? Crop(PixelWindow window, int height, int width)
    {
        var seen = window.Within(height, width);
        var moved = ImmutableArray.CreateBuilder<ImmutableArray<double>>();
        foreach (var ring in Rings.Where(ring => ring.Length >= ShortestRing).Select(ring => ring[..(ring.Length / 2 * 2)].ToArray()))
        {
            var parts = seen.Contains(BoundsOf(ring)) ? [ring] : RingClipping.Clip(ring, seen);
            if (parts.Count > 1 && RingClipping.MeetsItself(ring))
            {
                return new RleSegmentation(ToMask(height, width)).Crop(window, height, width);
            }

            foreach (var part in parts)
            {
                moved.Add([.. part.Select((coordinate, i) => coordinate - (i % 2 == 0 ? window.X : window.Y))]);
            }
        }

        return moved.Count == 0 ? null : new PolygonSegmentation(moved.ToImmutable());
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartArray("segmentation");
        foreach (var ring in Rings)
        {
            json.WriteStartArray();
            foreach (var coordinate in ring)
            {
                json.WriteNumberValue(coordinate);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <inheritdoc />
    internal override (SegmentationForm Form, ReadOnlyMemory<byte> Bytes) Pack() =>
        (SegmentationForm.Rings, rings.IsDefault ? packed : PackedRings.Pack(rings));

    /// <inheritdoc />
    public override string? WhyUnfit(AnnotatedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);

        // A packed coordinate takes a byte at least, so that few outlines have to be unpacked.
        return !rings.IsDefault || (long)packed.Length * image.Width > InputBudget.PolygonSteps
            ? PolygonWork.WhyTooMuch(Rings, image.Width)
            : null;
    }

    private static Box BoundsOf(double[] points)
    {
        var (left, top, right, bottom) = (
            double.PositiveInfinity,
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.NegativeInfinity
        );
        for (var i = 0; i + 1 < points.Length; i += 2)
        {
            (left, right) = (Math.Min(left, points[i]), Math.Max(right, points[i]));
            (top, bottom) = (Math.Min(top, points[i + 1]), Math.Max(bottom, points[i + 1]));
        }

        return new Box(left, top, right - left, bottom - top);
    }

    private PolygonSegmentation Map(Func<double, double, (double X, double Y)> map)
    {
        var source = Rings;
        var mapped = ImmutableArray.CreateBuilder<ImmutableArray<double>>(source.Length);
        foreach (var ring in source)
        {
            var moved = new double[ring.Length];
            for (var i = 0; i + 1 < ring.Length; i += 2)
            {
                (moved[i], moved[i + 1]) = map(ring[i], ring[i + 1]);
            }

            mapped.Add([.. moved]);
        }

        return new PolygonSegmentation(mapped.ToImmutable());
    }
}

/// <summary>A run-length mask.</summary>
/// <param name="Mask">The mask, of the size of the image.</param>
public sealed record RleSegmentation(RleMask Mask) : Segmentation
{
    /// <inheritdoc />
    public override RleMask ToMask(int height, int width) =>
        Mask.Height == height && Mask.Width == width
            ? Mask
            : throw new AnnotationException(
                $"A mask of {Mask.Height} x {Mask.Width} was given for an image of {height} x {width} (height x width)."
            );

    /// <inheritdoc />
    public override RleMask ToMask(AnnotatedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.HasSize ? ToMask(image.Height, image.Width) : Mask;
    }

    /// <inheritdoc />
    public override string? WhyUnfit(AnnotatedImage image) => Difference(Mask.Height, Mask.Width, image);

    /// <summary>How a mask's size differs from its image's; null where it does not, as far as that is known.</summary>
    internal static string? Difference(int height, int width, AnnotatedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return !image.HasSize || (height == image.Height && width == image.Width)
            ? null
            : FormattableString.Invariant(
                $"its mask is of {height} x {width}, image {image.Id} of {image.Height} x {image.Width} (height x width)"
            );
    }

    /// <inheritdoc />
    public override Segmentation Resize(double scaleX, double scaleY, int height, int width)
    {
        var source = Mask.ToBitmap();
        var target = new byte[height * width];
        for (var y = 0; y < height; y++)
        {
            var row = Math.Min(Mask.Height - 1, (int)((y + 0.5) / scaleY)) * Mask.Width;
            for (var x = 0; x < width; x++)
            {
                target[(y * width) + x] = source[row + Math.Min(Mask.Width - 1, (int)((x + 0.5) / scaleX))];
            }
        }

        return new RleSegmentation(RleMask.FromBitmap(target, height, width));
    }

    /// <inheritdoc />
    public override Segmentation FlipHorizontally(int width) => new RleSegmentation(Mask.FlipHorizontally());

    /// <inheritdoc />
    public override Box Bounds => Mask.Bounds;

    /// <inheritdoc />
    public override Segmentation? Crop(PixelWindow window, int height, int width)
    {
        var cropped = ToMask(height, width).Crop(window);
        return cropped.Area == 0 ? null : new RleSegmentation(cropped);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject("segmentation");
        json.WriteStartArray("size");
        json.WriteNumberValue(Mask.Height);
        json.WriteNumberValue(Mask.Width);
        json.WriteEndArray();
        json.WriteString("counts", Mask.ToText());
        json.WriteEndObject();
    }

    /// <inheritdoc />
    internal override (SegmentationForm Form, ReadOnlyMemory<byte> Bytes) Pack() =>
        (SegmentationForm.Runs, MemoryMarshal.AsBytes<uint>([(uint)Mask.Height, (uint)Mask.Width, .. Mask.Runs]).ToArray());

    internal static RleSegmentation Unpack(ReadOnlySpan<uint> numbers) =>
        new(RleMask.FromRuns((int)numbers[0], (int)numbers[1], numbers[2..]));
}
