using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DetectorDsl.Training;

/// <summary>
/// A run's log: one JSON object a line, so that an interrupted run leaves what it had. A log that cannot be written ends no run: its
/// lines wait until it can be.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    // Some megabytes: the oldest lines go first.
    private const int MostWaiting = 10_000;

    // Diverged runs hold NaN and infinities, which strict JSON cannot say.
    private static readonly JsonSerializerOptions Format = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string path;
    private readonly Action<string> tell;
    private readonly Predicate<JsonElement>? belongs;
    private readonly Queue<byte[]> waiting = new();
    private FileStream? stream;
    private bool isTorn;
    private bool hasTold;

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tell">Is told, once, that the file cannot be written.</param>
    /// <param name="belongs">Whether a line belongs to what went before: the log is cut at the first that does not, and at a line that
    /// was not finished. Null keeps all.</param>
    public TrainingLog(string path, Action<string> tell, Predicate<JsonElement>? belongs = null)
    {
        (this.path, this.tell, this.belongs) = (path, tell, belongs);
        TryOpen();
    }

    /// <summary>The last line that was kept when the log was opened; null where there is none.</summary>
    public JsonElement? LastKept { get; private set; }

    /// <summary>Appends one object.</summary>
    /// <param name="kind">What the line is about, such as <c>step</c> or <c>metrics</c>; written as its first member.</param>
    /// <param name="members">Further members in order.</param>
    public void Write(string kind, params IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var line = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in members)
        {
            line[name] = value;
        }

        if (waiting.Count == MostWaiting)
        {
            waiting.Dequeue();
        }

        waiting.Enqueue(Encoding.UTF8.GetBytes(line.ToJsonString(Format) + "\n"));
        WriteWaiting();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream?.Dispose();

    private void WriteWaiting()
    {
        if (stream is null && !TryOpen())
        {
            return;
        }

        while (waiting.TryPeek(out var line))
        {
            // Others may have appended between two lines.
            var end = stream!.Seek(0, SeekOrigin.End);
            try
            {
                stream.Write(isTorn ? [(byte)'\n', .. line] : line);
                isTorn = false;
                waiting.Dequeue();
            }
            catch (IOException exception)
            {
                Tell(exception);
                TakeBack(end);
                return;
            }
        }
    }

    // What fitted of a line is taken away again, so that it comes whole later.
    private void TakeBack(long end)
    {
        try
        {
            stream!.SetLength(end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            isTorn = true;
        }
    }

    private bool TryOpen()
    {
        try
        {
            // Nothing is held back in memory.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            Cut(stream);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            stream = null;
            Tell(exception);
            return false;
        }
    }

    private void Cut(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = 0;
        while (Array.IndexOf(bytes, (byte)'\n', end) is >= 0 and var next)
        {
            if (belongs is not null && !Keeps(bytes.AsMemory(end, next - end)))
            {
                break;
            }

            end = next + 1;
        }

        if (belongs is null)
        {
            // A run that was killed may have left half a line, which must not swallow the next one.
            isTorn = end < bytes.Length;
        }
        else if (end < bytes.Length)
        {
            file.SetLength(end);
        }
    }

    private bool Keeps(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object || !belongs!(parsed.RootElement))
            {
                return false;
            }

            LastKept = parsed.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Tell(Exception exception)
    {
        if (!hasTold)
        {
            hasTold = true;
            tell(
                $"{path}: the log cannot be written ({exception.Message}). What is at work goes on; the lines are kept and written once it can be. Free space, or let the file be written."
            );
        }
    }
}
