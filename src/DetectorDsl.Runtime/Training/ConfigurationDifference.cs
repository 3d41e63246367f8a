using System.Text.Json;

namespace DetectorDsl.Runtime.Training;

/// <summary>What differs between two resolved configurations.</summary>
internal static class ConfigurationDifference
{
    /// <summary>The places that differ.</summary>
    /// <param name="saved">Configuration of a checkpoint, JSON.</param>
    /// <param name="current">Configuration at hand, JSON.</param>
    /// <param name="most">Places that are spelled out.</param>
    /// <returns>Such as <c>Optimizer.LearningRate: 0.02 in the checkpoint, 0.01 now</c>.</returns>
    public static string Describe(string saved, string current, int most = 5)
    {
        try
        {
            var (before, now) = (Flatten(saved), Flatten(current));
            var places = before.Keys.Union(now.Keys).Where(place => before.GetValueOrDefault(place) != now.GetValueOrDefault(place)).Order(StringComparer.Ordinal).ToList();
            var spelled = places.Take(most).Select(place => $"{place}: {before.GetValueOrDefault(place, "nothing")} in the checkpoint, {now.GetValueOrDefault(place, "nothing")} now");
            return places.Count == 0
                ? "the values are the same, their form is not (another version of the software)"
                : string.Join("; ", spelled) + (places.Count > most ? $"; and {places.Count - most} more" : "");
        }
        catch (JsonException)
        {
            return "the configurations are not readable";
        }
    }

    private static Dictionary<string, string> Flatten(string json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        Visit("", document.RootElement);
        return values;

        void Visit(string place, JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in element.EnumerateObject())
                {
                    Visit(place.Length == 0 ? member.Name : $"{place}.{member.Name}", member.Value);
                }
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Visit($"{place}[{index++}]", item);
                }
            }
            else
            {
                values[place] = element.GetRawText();
            }
        }
    }
}
