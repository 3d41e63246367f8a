using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>The file <c>configuration.json</c>: the declaration's resolved configuration with its hash, and the options in force.</summary>
internal static class ConfigurationFile
{
    private static readonly System.Text.Json.JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    public static void Write(Stream stream, DetectorTrainer trainer, long seed, ParseResult arguments)
    {
        var options = new JsonObject();
        foreach (var option in trainer.Options)
        {
            options[option.Name.TrimStart('-')] = ToJson(arguments.GetResult(option)?.GetValueOrDefault<object>());
        }

        var root = new JsonObject
        {
            ["detector"] = trainer.Name,
            ["hash"] = trainer.ConfigurationHash,
            ["seed"] = seed,
            ["options"] = options,
            ["configuration"] = JsonNode.Parse(trainer.Configuration),
        };
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(root.ToJsonString(Format));
    }

    private static JsonValue? ToJson(object? value) =>
        value switch
        {
            null => null,
            double number => JsonValue.Create(number),
            int number => JsonValue.Create(number),
            bool truth => JsonValue.Create(truth),
            IFormattable other => JsonValue.Create(other.ToString(null, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(value.ToString()),
        };
}
