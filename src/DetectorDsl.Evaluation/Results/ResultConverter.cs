using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Turns entries of a file into detections, checking each.</summary>
/// <param name="findImage">The image of an id; null where it is not known.</param>
/// <param name="needsMask">Whether the mask of a detection with a box is wanted; otherwise it is only checked.</param>
/// <param name="words">Ids that are words in the annotations.</param>
internal sealed class ResultConverter(Func<long, AnnotatedImage?> findImage, Func<long, int, bool> needsMask, StatedIds words)
{
    private readonly GrowingBuffer<uint> runs = new();

    public DetectionResult Convert(ResultEntry entry)
    {
        var imageId = entry.ImageId ?? IdOf(entry.ImageWord, words.Images, "image_id");
        var category = entry.CategoryId ?? IdOf(entry.CategoryWord, words.Categories, "category_id");
        var score = entry.Score ?? throw Missing("score");
        if (category is < int.MinValue or > int.MaxValue)
        {
            throw new AnnotationException($"category_id is {category}, which no category has");
        }

        if (entry.BoxLength == 0 && !entry.HasRuns && entry.Rings.Count == 0)
        {
            throw new AnnotationException("it has neither 'bbox' nor 'segmentation'; one of them is needed");
        }

        return new DetectionResult(imageId, (int)category, score, entry.Box, Mask(entry, imageId, (int)category));
    }

    private static long IdOf(string? word, IReadOnlyDictionary<string, long> numbers, string member) =>
        word is null ? throw Missing(member)
        : numbers.TryGetValue(word, out var number)
        || long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            ? number
        : throw new AnnotationException($"'{member}' needs to be a whole number or an id of the annotations, not the text \"{word}\"");

    private static AnnotationException Missing(string member) => new($"it has no '{member}'");

    private RleMask? Mask(ResultEntry entry, long imageId, int category)
    {
        if (entry.HasRuns)
        {
            if (findImage(imageId) is { HasSize: true } of && (of.Height != entry.MaskHeight || of.Width != entry.MaskWidth))
            {
                throw new AnnotationException(
                    $"its mask is of {entry.MaskHeight} x {entry.MaskWidth}, image {imageId} of {of.Height} x {of.Width} (height x width)"
                );
            }

            var lengths = entry.Text.Count > 0 ? Decode(entry.Text.Items) : entry.Runs.Items;
            if (entry.Box is null || needsMask(imageId, category))
            {
                return RleMask.FromRuns(entry.MaskHeight, entry.MaskWidth, lengths);
            }

            RleMask.CheckRuns(entry.MaskHeight, entry.MaskWidth, lengths);
            return null;
        }

        if (entry.Rings.Count == 0)
        {
            return null;
        }

        var image = findImage(imageId) is { HasSize: true } known
            ? known
            : throw new AnnotationException($"its mask is a polygon, and the size of image {imageId} is not known");
        return RleMask.FromPolygons([.. entry.Rings.Select(ring => ring.ToImmutableArray())], image.Height, image.Width);
    }

    private ReadOnlySpan<uint> Decode(ReadOnlySpan<byte> text)
    {
        runs.Trim(RleMask.ReadText(text, runs.Reset(text.Length)));
        return runs.Items;
    }
}
