using System.Text.Json;

namespace DetectorDsl.Training;

/// <summary>What differs between two resolved configurations, which may be of two versions of the library.</summary>
internal sealed class ConfigurationDifference
{
    private const string Kind = "kind";
    private const int MostSpelled = 5;

    private readonly List<string> differing = [];
    private readonly List<string> oneSided = [];

    private ConfigurationDifference() { }

    /// <summary>Whether anything that both know has another value.</summary>
    public bool IsAny => differing.Count > 0;

    /// <summary>What has another value, such as <c>Optimizer.LearningRate: 0.02 in the checkpoint, 0.01 now</c>.</summary>
    public string Differing => Spelled(differing);

    /// <summary>What one of the two alone has, such as a property that the library has gained since; null where there is nothing of the
    /// kind.</summary>
    public string? OneSided => oneSided.Count == 0 ? null : Spelled(oneSided);

    /// <summary>Compares two configurations.</summary>
    /// <param name="saved">Configuration of a checkpoint, JSON.</param>
    /// <param name="current">Configuration at hand, JSON.</param>
    public static ConfigurationDifference Of(string saved, string current)
    {
        var difference = new ConfigurationDifference();
        try
        {
            using var before = JsonDocument.Parse(saved);
            using var now = JsonDocument.Parse(current);
            difference.Compare("", before.RootElement, now.RootElement);
        }
        catch (JsonException)
        {
            difference.differing.Add("the checkpoint's configuration is not readable");
        }

        return difference;
    }

    private static string Spelled(List<string> places) =>
        string.Join("; ", places.Take(MostSpelled)) + (places.Count > MostSpelled ? $"; and {places.Count - MostSpelled} more" : "");

    private static string Text(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.TryGetProperty(Kind, out var kind) ? kind.ToString() : "an object",
            JsonValueKind.Array => $"{element.GetArrayLength()} entries",
            _ => element.GetRawText(),
        };

    private static bool IsSame(JsonElement before, JsonElement now) =>
        before.ValueKind == now.ValueKind
        && (before.GetRawText() == now.GetRawText() || (before.ValueKind == JsonValueKind.Number && before.GetDouble() == now.GetDouble()));

    private void Compare(string place, JsonElement before, JsonElement now)
    {
        if (before.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            CompareMembers(place, before, now);
        }
        else if (
            before.ValueKind == JsonValueKind.Array
            && now.ValueKind == JsonValueKind.Array
            && before.GetArrayLength() == now.GetArrayLength()
        )
        {
            foreach (var (index, (one, other)) in before.EnumerateArray().Zip(now.EnumerateArray()).Index())
            {
                Compare($"{place}[{index}]", one, other);
            }
        }
        else if (!IsSame(before, now))
        {
            differing.Add($"{place}: {Text(before)} in the checkpoint, {Text(now)} now");
        }
    }

    private void CompareMembers(string place, JsonElement before, JsonElement now)
    {
        // Parts of two kinds have nothing in common that could be compared.
        if (Text(before) != Text(now))
        {
            differing.Add($"{place}: {Text(before)} in the checkpoint, {Text(now)} now");
            return;
        }

        foreach (var member in before.EnumerateObject())
        {
            if (now.TryGetProperty(member.Name, out var value))
            {
                Compare(Within(member.Name), member.Value, value);
            }
            else
            {
                oneSided.Add($"{Within(member.Name)}: {Text(member.Value)} in the checkpoint, unknown now");
            }
        }

        oneSided.AddRange(
            now.EnumerateObject()
                .Where(member => !before.TryGetProperty(member.Name, out _))
                .Select(member => $"{Within(member.Name)}: unknown to the checkpoint, {Text(member.Value)} now")
        );

        string Within(string name) => place.Length == 0 ? name : $"{place}.{name}";
    }
}
