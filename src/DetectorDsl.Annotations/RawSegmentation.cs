using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>A segmentation as the file states it.</summary>
internal abstract record RawSegmentation
{
    /// <summary>What is done with a mask that cannot be used.</summary>
    protected const string Done = "mask left out";

    /// <summary>Whether the file's own text is kept, since nothing of it can be used.</summary>
    public abstract bool IsLost { get; }

    /// <summary>What can be used of it.</summary>
    /// <param name="image">The image that it lies in.</param>
    /// <param name="report">Told what is wrong and what was done.</param>
    /// <returns>The segmentation; null where nothing can be used.</returns>
    public abstract Segmentation? Mend(AnnotatedImage image, Action<FormattableString, string> report);

    /// <summary>Writes the member <c>segmentation</c> as it was, where the file's own text is not kept.</summary>
    public abstract void Write(Utf8JsonWriter json);
}

/// <summary>Rings, of which those that enclose nothing are counted and left out.</summary>
/// <param name="Valid">The others; null where there are none.</param>
/// <param name="LeftOut">Rings left out.</param>
/// <param name="All">Rings in the file.</param>
/// <param name="Odd">Rings of an odd number of coordinates, of which the last was left out, as pycocotools does.</param>
internal sealed record RawRings(PolygonSegmentation? Valid, int LeftOut, int All, int Odd) : RawSegmentation
{
    /// <inheritdoc />
    public override bool IsLost => Valid is null && All > 0;

    /// <inheritdoc />
    public override Segmentation? Mend(AnnotatedImage image, Action<FormattableString, string> report)
    {
        if (LeftOut > 0)
        {
            report(
                $"{LeftOut} of its {All} polygons have fewer than three points or are no lists of finite numbers",
                "these polygons left out"
            );
        }

        if (Odd > 0)
        {
            report($"{Odd} of its {All} polygons have an odd number of coordinates", "the last coordinate left out");
        }

        if (Valid?.WhyUnfit(image) is { } why)
        {
            report($"{why}", Done);
            return null;
        }

        return Valid;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter json) => Valid?.Write(json);
}

/// <summary>Runs with a size, as numbers or as text.</summary>
internal sealed record RawRuns(uint[]? Runs, byte[]? Text, int Height, int Width) : RawSegmentation
{
    /// <inheritdoc />
    public override bool IsLost => false;

    /// <inheritdoc />
    public override Segmentation? Mend(AnnotatedImage image, Action<FormattableString, string> report)
    {
        if (RleSegmentation.Difference(Height, Width, image) is { } difference)
        {
            report($"{difference}", Done);
            return null;
        }

        try
        {
            return new RleSegmentation(Text is not null ? RleMask.FromText(Text, Height, Width) : RleMask.FromRuns(Height, Width, Runs));
        }
        catch (AnnotationException exception)
        {
            report($"{exception.Message.TrimEnd('.')}", Done);
            return null;
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("segmentation");
        json.WriteStartArray("size");
        json.WriteNumberValue(Height);
        json.WriteNumberValue(Width);
        json.WriteEndArray();
        if (Text is not null)
        {
            json.WriteString("counts", Text);
        }
        else
        {
            json.WriteStartArray("counts");
            foreach (var run in Runs ?? [])
            {
                json.WriteNumberValue(run);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

/// <summary>Something that is no segmentation.</summary>
/// <param name="What">What it is.</param>
internal sealed record RawUnreadable(string What) : RawSegmentation
{
    /// <inheritdoc />
    public override bool IsLost => true;

    /// <inheritdoc />
    public override Segmentation? Mend(AnnotatedImage image, Action<FormattableString, string> report)
    {
        report($"{What}", Done);
        return null;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter json) { }
}
