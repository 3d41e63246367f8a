using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>
/// Reads results files in COCO's format, plain or gzipped: a list of objects with <c>image_id</c>, <c>category_id</c>, <c>score</c>, and <c>bbox</c>
/// (left, top, width, height), <c>segmentation</c> (run lengths, compressed or plain, or polygons), or both.
/// </summary>
public static class ResultsReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; whether it is gzipped is told by its content.</param>
    /// <param name="truth">The annotations of the images; needed only where masks are polygons.</param>
    /// <returns>The detections in the file's order.</returns>
    /// <exception cref="AnnotationException">The file is missing, cut off or not of the format; the message names the entry, counted from 0.</exception>
    public static List<DetectionResult> Read(string path, AnnotationSet? truth = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var images = truth?.Images.ToDictionary(image => image.Id);
        var words = StatedIds.Of(truth);
        var results = new List<DetectionResult>();
        ResultsFile.ForEach(
            path,
            -1,
            () => new ResultConverter(id => images?.GetValueOrDefault(id), (_, _) => true, words),
            () => new DetectionList(),
            piece => results.AddRange(piece.Items)
        );
        return results;
    }
}
