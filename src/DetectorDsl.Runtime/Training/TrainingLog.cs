using System.Text.Json;
using System.Text.Json.Nodes;

namespace DetectorDsl.Runtime.Training;

/// <summary>A run's log: one JSON object a line, appended, so that an interrupted run leaves what it had.</summary>
public sealed class TrainingLog : IDisposable
{
    private readonly StreamWriter writer;

    /// <summary>Opens the log for appending.</summary>
    /// <param name="path">The file.</param>
    public TrainingLog(string path)
    {
        // A run that was killed may have left half a line, which must not swallow the next one.
        var torn = EndsInsideALine(path);
        writer = new StreamWriter(path, append: true) { NewLine = "\n", AutoFlush = true };
        if (torn)
        {
            writer.WriteLine();
        }
    }

    /// <summary>Appends one object.</summary>
    /// <param name="kind">What the line is about, such as <c>step</c> or <c>metrics</c>; written as its first member.</param>
    /// <param name="members">Further members in order.</param>
    public void Write(string kind, params IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        var line = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in members)
        {
            line[name] = value;
        }

        writer.WriteLine(line.ToJsonString(Format));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => writer.Dispose();

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
