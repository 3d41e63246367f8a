namespace DetectorDsl.Annotations;

/// <summary>A segmentation as the file states it.</summary>
internal abstract record RawSegmentation
{
    /// <summary>What can be used of it.</summary>
    /// <param name="image">The image that it lies in.</param>
    /// <param name="report">Told what is wrong and what was done.</param>
    /// <returns>The segmentation; null where nothing can be used.</returns>
    public abstract Segmentation? Mend(AnnotatedImage image, Action<string, string> report);
}

/// <summary>Rings, of which those that enclose nothing are counted and left out.</summary>
/// <param name="Valid">The others; null where there are none.</param>
/// <param name="LeftOut">Rings left out.</param>
/// <param name="All">Rings in the file.</param>
internal sealed record RawRings(PolygonSegmentation? Valid, int LeftOut, int All) : RawSegmentation
{
    /// <inheritdoc />
    public override Segmentation? Mend(AnnotatedImage image, Action<string, string> report)
    {
        if (LeftOut > 0)
        {
            report($"{LeftOut} of its {All} polygons have fewer than three points or an odd number of coordinates", "these polygons left out");
        }

        return Valid;
    }
}

/// <summary>Runs with a size, as numbers or as text.</summary>
internal sealed record RawRuns(uint[]? Runs, byte[]? Text, int Height, int Width) : RawSegmentation
{
    private const string Done = "mask left out";

    /// <inheritdoc />
    public override Segmentation? Mend(AnnotatedImage image, Action<string, string> report)
    {
        if (Height != image.Height || Width != image.Width)
        {
            report($"its mask is of {Height} x {Width}, image {image.Id} of {image.Height} x {image.Width} (height x width)", Done);
            return null;
        }

        try
        {
            return new RleSegmentation(Text is not null ? RleMask.FromText(Text, Height, Width) : RleMask.FromRuns(Height, Width, Runs));
        }
        catch (AnnotationException exception)
        {
            report(exception.Message.TrimEnd('.'), Done);
            return null;
        }
    }
}
