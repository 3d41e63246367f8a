using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads annotation files in the COCO and LVIS formats, plain or gzipped.</summary>
/// <remarks>
/// Entries that cannot be used are left out and reported; a file that cannot be used at all is refused. Members that nothing here reads are kept
/// for writing. Formats: cocodataset.org, "Data format"; LVIS, "Annotation format".
/// </remarks>
public static class AnnotationReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; whether it is gzipped is told by its content.</param>
    /// <returns>What can be used of it, and what could not.</returns>
    /// <exception cref="AnnotationException">The file is missing, cut off, or not of the format; the message names the place.</exception>
    public static AnnotationSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var problems = new ProblemList(path);
        var parser = new AnnotationFileParser(problems);
        try
        {
            try
            {
                Parse(path, parser, stream => stream);
            }
            catch (JsonException)
            {
                // Once more, in a way that finds the line of the mistake, and that knows the numbers which Python writes and JSON has not.
                problems = new ProblemList(path);
                parser = new AnnotationFileParser(problems, scans: false);
                Parse(path, parser, stream => new PythonNumbers(stream));
            }

            return new AnnotationChecks(parser, problems).Apply();
        }
        catch (JsonException exception)
        {
            throw new AnnotationException($"{path}: {parser.Place}{Explain(path, exception)}.");
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

    private static void Parse(string path, AnnotationFileParser parser, Func<Stream, Stream> filter)
    {
        using var stream = filter(JsonInput.Open(path));
        parser.Parse(stream);
    }

    private static string Explain(string path, JsonException exception)
    {
        using var stream = JsonInput.Open(path);
        return JsonMistake.Describe(exception, stream);
    }
}
