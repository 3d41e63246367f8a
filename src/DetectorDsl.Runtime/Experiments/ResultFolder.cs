using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using DetectorDsl.Runtime.Weights;

namespace DetectorDsl.Runtime.Experiments;

/// <summary>Finished runs, one JSON file each, named by the configuration's hash: an experiment that was interrupted goes on with those that are missing.</summary>
public sealed class ResultFolder
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder; created where it is missing.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public ResultFolder(string path) => Path = Directory.CreateDirectory(path).FullName;

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The file of a configuration, whether it is there or not.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The path.</returns>
    public string FileOf(RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return System.IO.Path.Combine(Path, $"{configuration.Hash}.json");
    }

    /// <summary>The result of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The result; null where the run is not finished.</returns>
    /// <exception cref="IOException">The file is no result, or of another configuration; the message says what to do.</exception>
    public RunResult? Find(RunConfiguration configuration)
    {
        var file = FileOf(configuration);
        if (!File.Exists(file))
        {
            return null;
        }

        var result = Read(file);
        return result.Configuration.Equals(configuration)
            ? result
            : throw new IOException($"{file}: holds the result of another run than its name says. Delete it, and the run is done again.");
    }

    /// <summary>Keeps a result; its file appears only when it is complete.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Keep(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var json = new JsonObject
        {
            ["configuration"] = new JsonObject(result.Configuration.Settings.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
            ["seconds"] = Math.Round(result.Seconds, 1),
            ["values"] = new JsonObject(result.Values.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
        };
        AtomicFile.Write(FileOf(result.Configuration), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(json.ToJsonString(Form));
            writer.Write('\n');
        });
    }

    private static RunResult Read(string file)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            return new RunResult(
                new RunConfiguration(json["configuration"]!.AsObject().ToImmutableSortedDictionary(item => item.Key, item => item.Value!.GetValue<string>(), StringComparer.Ordinal)),
                json["seconds"]!.GetValue<double>(),
                json["values"]!.AsObject().ToImmutableSortedDictionary(item => item.Key, item => item.Value!.GetValue<double>(), StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new IOException($"{file}: no result of a run ({exception.Message}). Delete it, and the run is done again.", exception);
        }
    }
}
