using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DetectorDsl.Hosting.Experiments;

/// <summary>
/// Finished runs, a line of JSON each in one file: an experiment that was interrupted goes on with those that are missing. Several processes may add to
/// the same file; a line that was cut off by the end of a process is no run, and the next addition removes it.
/// </summary>
public sealed class RunLog
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RunConfiguration, RunResult> runs = [];
    private long position;
    private int lines;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; it and its folder are made with the first run.</param>
    public RunLog(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>The result of a configuration, those that other processes added since included.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The result; null where the run is not finished. Of two results of one configuration, the later.</returns>
    /// <exception cref="IOException">A line is no result, or the file cannot be read; the message says what to do.</exception>
    public RunResult? Find(RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (File.Exists(Path))
        {
            using var file = Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            ReadOn(file);
        }

        return runs.GetValueOrDefault(configuration);
    }

    /// <summary>Keeps a result: adds its line at the end of the file.</summary>
    /// <param name="result">The result; its seconds are kept to a tenth.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Keep(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var json = new JsonObject
        {
            ["configuration"] = new JsonObject(
                result.Configuration.Settings.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))
            ),
            ["seconds"] = Math.Round(result.Seconds, 1),
            ["values"] = new JsonObject(result.Values.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
        };
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var file = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        file.SetLength(EndOfLastLine(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(json.ToJsonString() + "\n"));
    }

    // Whoever adds holds the file for a moment; the others wait. On Unix, None alone keeps a second writer out.
    private FileStream Open(FileMode mode, FileAccess access, FileShare share)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(Path, mode, access, share);
            }
            catch (IOException) when (File.Exists(Path) && waited < Patience)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                return end;
            }
        }

        return 0;
    }

    private void ReadOn(FileStream file)
    {
        var end = EndOfLastLine(file);
        if (end <= position)
        {
            return;
        }

        var bytes = new byte[end - position];
        file.Seek(position, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        var number = lines;
        foreach (var line in Encoding.UTF8.GetString(bytes)[..^1].Split('\n'))
        {
            var run = Read(line, ++number);
            runs[run.Configuration] = run;
        }

        (position, lines) = (end, number);
    }

    private RunResult Read(string line, int number)
    {
        try
        {
            var json = JsonNode.Parse(line)!.AsObject();
            return new RunResult(
                new RunConfiguration(
                    json["configuration"]!
                        .AsObject()
                        .ToImmutableSortedDictionary(item => item.Key, item => item.Value!.GetValue<string>(), StringComparer.Ordinal)
                ),
                json["seconds"]!.GetValue<double>(),
                json["values"]!
                    .AsObject()
                    .ToImmutableSortedDictionary(item => item.Key, item => item.Value!.GetValue<double>(), StringComparer.Ordinal)
            );
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new IOException(
                $"{Path}, line {number}: no result of a run ({exception.Message}). Delete the line, and the run is done again.",
                exception
            );
        }
    }
}
