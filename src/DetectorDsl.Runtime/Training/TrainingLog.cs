using System.Text.Json;
using System.Text.Json.Nodes;

namespace DetectorDsl.Runtime.Training;

/// <summary>A run's log: one JSON object a line, appended, so that an interrupted run leaves what it had.</summary>
public sealed class TrainingLog : IDisposable
{
    private readonly string path;
    private readonly StreamWriter writer;

    /// <summary>Opens the log for appending.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public TrainingLog(string path)
    {
        this.path = path;
        try
        {
            // A run that was killed may have left half a line, which must not swallow the next one.
            var torn = EndsInsideALine(path);

            // Nothing is held back in memory, and others may read or append between two lines.
            var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            writer = new StreamWriter(stream) { NewLine = "\n", AutoFlush = true };
            if (torn)
            {
                writer.WriteLine();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    /// <summary>Appends one object.</summary>
    /// <param name="kind">What the line is about, such as <c>step</c> or <c>metrics</c>; written as its first member.</param>
    /// <param name="members">Further members in order.</param>
    /// <exception cref="TrainingException">The disk is full or the file can no longer be written.</exception>
    public void Write(string kind, params IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var line = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in members)
        {
            line[name] = value;
        }

        try
        {
            writer.WriteLine(line.ToJsonString(Format));
        }
        catch (IOException exception)
        {
            throw Unwritable(exception);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => writer.Dispose();

    private TrainingException Unwritable(Exception exception) =>
        new($"{path}: the log cannot be written ({exception.Message}). Free space or choose another folder with --output.");

    private static bool EndsInsideALine(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var stream = File.OpenRead(path);
        if (stream.Length == 0)
        {
            return false;
        }

        stream.Position = stream.Length - 1;
        return stream.ReadByte() != '\n';
    }

    // Diverged runs hold NaN and infinities, which strict JSON cannot say.
    private static readonly JsonSerializerOptions Format = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
