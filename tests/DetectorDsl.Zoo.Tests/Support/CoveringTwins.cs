using System.Text.Json.Nodes;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Zoo.Tests.Support;

/// <summary>
/// Declarations that together hold every kind of part, every choice and every pair of second stage, box head, neck and classification loss that the zoo
/// has. What a declaration adds beside these is a number, and twins have numbers of their own.
/// </summary>
internal static class CoveringTwins
{
    // Where a twin's backbone comes from, its pixels and its number of steps are the tests'.
    private static readonly string[] OfTheTests = ["detector", "categories", "Preprocessing", "Training"];

    private static readonly string[] Paired = ["RoiHead", "BoxHead", "ClassificationLoss", "Neck"];

    /// <summary>Chooses, always the one that adds most.</summary>
    /// <param name="trainers">The zoo.</param>
    /// <returns>The chosen ones' names.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<DetectorTrainer> trainers)
    {
        // Small backbones first: among equals the cheapest is taken.
        var choices = trainers
            .Select(trainer => (trainer.Name, Configuration: JsonNode.Parse(trainer.Configuration)!.AsObject()))
            .OrderBy(item => (int)item.Configuration["Backbone"]!["Depth"]!)
            .ThenBy(item => item.Name, StringComparer.Ordinal)
            .Select(item => (item.Name, Features: FeaturesOf(item.Configuration)))
            .ToArray();
        var missing = choices.SelectMany(choice => choice.Features).ToHashSet();
        var chosen = new List<string>();
        while (missing.Count > 0)
        {
            var (name, features) = choices.MaxBy(choice => choice.Features.Count(missing.Contains));
            chosen.Add(name);
            missing.ExceptWith(features);
        }

        return chosen;
    }

    private static HashSet<string> FeaturesOf(JsonObject configuration)
    {
        HashSet<string> features = [];
        foreach (var (name, value) in configuration.Where(item => !OfTheTests.Contains(item.Key)))
        {
            Add(value, name, features);
        }

        features.Add(string.Join(" x ", Paired.Select(name => Kind(configuration[name] ?? configuration["BoxHead"]?[name]))));
        return features;
    }

    private static void Add(JsonNode? value, string path, HashSet<string> features)
    {
        switch (value)
        {
            case JsonObject part:
                foreach (var (name, member) in part)
                {
                    Add(member, $"{path}.{name}", features);
                }

                break;
            case JsonArray items:
                features.Add($"{path}: {(items.Count == 0 ? "empty" : "items")}");
                foreach (var item in items)
                {
                    Add(item, path, features);
                }

                break;
            case JsonValue number when number.GetValueKind() is System.Text.Json.JsonValueKind.Number:
                break;
            default:
                features.Add($"{path}: {value?.ToJsonString()}");
                break;
        }
    }

    private static string Kind(JsonNode? part) => part?["kind"]?.GetValue<string>() ?? "-";
}
