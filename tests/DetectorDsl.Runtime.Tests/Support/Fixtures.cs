using System.Text.Json;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Numbers kept beside the tests.</summary>
internal static class Fixtures
{
    private static readonly JsonElement Necks = Open("Layers/Fixtures/necks.json");
    private static readonly JsonElement LongTail = Open("Losses/Fixtures/long_tail_losses.json");

    /// <summary>A part of the losses' numbers.</summary>
    public static JsonElement OfLoss(string part) => LongTail.GetProperty(part);

    /// <summary>A part of the numbers of necks and of what they are made of.</summary>
    public static JsonElement OfNeck(string part) => Necks.GetProperty(part);

    private static JsonElement Open(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, file));
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
