using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>A list of class names, one a line, in the order of their numbers.</summary>
public static class ClassNames
{
    /// <summary>Reads a list.</summary>
    /// <param name="path">Text file; empty lines at its end do not count.</param>
    /// <returns>The names.</returns>
    /// <exception cref="AnnotationException">The file cannot be read, or a name is empty or occurs twice.</exception>
    public static ImmutableArray<string> Read(string path)
    {
        string[] lines;
        try
        {
            lines = [.. string.Join('\n', InputText.Lines(path)).TrimEnd().Split('\n').Select(line => line.Trim())];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }

        var seen = new Dictionary<string, int>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                throw new AnnotationException(
                    $"{path}: line {i + 1} is empty; one class name a line is wanted, in the order of the class numbers."
                );
            }

            if (!seen.TryAdd(lines[i], i + 1))
            {
                throw new AnnotationException(
                    $"{path}: line {i + 1}: the name '{lines[i]}' is that of line {seen[lines[i]]} too; each class needs a name of its own."
                );
            }
        }

        return [.. lines];
    }
}
