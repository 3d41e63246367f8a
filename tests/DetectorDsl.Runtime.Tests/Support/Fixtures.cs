using System.Text.Json;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Numbers kept beside the tests.</summary>
internal static class Fixtures
{
    private static readonly JsonElement Necks = Open("Layers/Fixtures/necks.json");
    private static readonly JsonElement LongTail = Open("Losses/Fixtures/long_tail_losses.json");

    private static readonly JsonElement Hybrid = Open("Heads/Fixtures/hybrid_task_cascade.json");

    /// <summary>A part of Hybrid Task Cascade's numbers.</summary>
    public static JsonElement OfHybridTaskCascade(string part) => Hybrid.GetProperty(part);

    /// <summary>A part of the losses' numbers.</summary>
    public static JsonElement OfLoss(string part) => LongTail.GetProperty(part);

    /// <summary>A part of the numbers of necks and of what they are made of.</summary>
    public static JsonElement OfNeck(string part) => Necks.GetProperty(part);

    /// <summary>A part of a file of the heads' numbers.</summary>
    public static JsonElement OfHead(string file, string part) => Open($"Heads/Fixtures/{file}").GetProperty(part);

    /// <summary>Boxes as the heads' fixtures describe them: n x 4 numbers.</summary>
    public static float[] Boxes(int seed, int count, double spread = 100, double size = 60)
    {
        var unit = Filling.Numbers(seed, count * 4, 0, 1);
        var boxes = new float[count * 4];
        for (var i = 0; i < boxes.Length; i += 4)
        {
            var (x, y) = (unit[i] * spread, unit[i + 1] * spread);
            (boxes[i], boxes[i + 1]) = ((float)x, (float)y);
            (boxes[i + 2], boxes[i + 3]) = ((float)(x + 8 + (unit[i + 2] * size)), (float)(y + 8 + (unit[i + 3] * size)));
        }

        return boxes;
    }

    /// <summary>A file of numbers, by its path in the project.</summary>
    public static JsonElement Open(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, file));
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
