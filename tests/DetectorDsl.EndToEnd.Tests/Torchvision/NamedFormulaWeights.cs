using System.Text.Json;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Torchvision;

/// <summary>A weights file with torchvision's names, whose tensors follow from these by a formula; the README beside the numbers states it.</summary>
internal static class NamedFormulaWeights
{
    public static void Write(string path, JsonElement model) =>
        SafetensorsFile.Write(path, [.. Values(model)], new Dictionary<string, string>());

    /// <summary>Every tensor in single precision.</summary>
    private static IEnumerable<KeyValuePair<string, Tensor>> Values(JsonElement model)
    {
        (string End, double Gain)[] gains =
        [
            .. model.GetProperty("gains").EnumerateArray().Select(gain => (gain[0].GetString()!, gain[1].GetDouble())),
        ];
        foreach (var tensor in model.GetProperty("tensors").EnumerateObject())
        {
            long[] shape = [.. tensor.Value.EnumerateArray().Select(side => side.GetInt64())];
            var (low, high) = Bounds(tensor.Name, shape, gains);
            yield return KeyValuePair.Create(
                tensor.Name,
                Filling.Fill(FormulaWeights.Hash(tensor.Name), shape, low, high, ScalarType.Float32)
            );
        }
    }

    private static (double Low, double High) Bounds(string name, long[] shape, (string End, double Gain)[] gains)
    {
        if (shape.Length > 1)
        {
            var gain = gains.FirstOrDefault(candidate => name.EndsWith(candidate.End, StringComparison.Ordinal)) is { End: not null } found
                ? found.Gain
                : 1;
            var bound = gain * Math.Sqrt(6.0 / shape.Skip(1).Aggregate(1L, (product, side) => product * side));
            return (-bound, bound);
        }

        return name[(name.LastIndexOf('.') + 1)..] switch
        {
            "running_mean" => (-0.1, 0.1),
            "running_var" => (0.0005, 0.0015),
            "weight" => name.StartsWith("head.", StringComparison.Ordinal) ? (0.5, 1.5) : (0.01, 0.03),
            _ => (-0.05, 0.05),
        };
    }
}
