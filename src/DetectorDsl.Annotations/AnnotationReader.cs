using System.IO.Compression;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads annotation files in the COCO and LVIS formats, plain or gzipped.</summary>
/// <remarks>
/// Entries that cannot be used are left out and reported; a file that cannot be used at all is refused. Formats: cocodataset.org,
/// "Data format"; LVIS, "Annotation format".
/// </remarks>
public static class AnnotationReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>What can be used of it, and what could not.</returns>
    /// <exception cref="AnnotationException">The file is missing, cut off, or not of the format; the message names the place.</exception>
    public static AnnotationSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parser = new AnnotationFileParser();
        try
        {
            try
            {
                Parse(path, parser);
            }
            catch (JsonException)
            {
                // Once more, in a way that finds the line of the mistake.
                parser = new AnnotationFileParser(scans: false);
                Parse(path, parser);
            }

            return new AnnotationChecks(path).Apply(parser.Images, parser.Annotations, parser.Categories);
        }
        catch (JsonException exception)
        {
            throw new AnnotationException($"{path}: {parser.Place}no valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}: the file is damaged or cut off; copy it again. ({exception.Message})");
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new AnnotationException($"{path}: {parser.Place}not in the COCO or LVIS format: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }
    }

    private static void Parse(string path, AnnotationFileParser parser)
    {
        using var stream = Open(path);
        parser.Parse(stream);
    }

    private static Stream Open(string path)
    {
        // The parser has a buffer of its own.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
