using System.Text.RegularExpressions;
using DetectorDsl.Runtime.Tests.Support;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>Tensors of established software's models, kept beside the repository; tests that need them are skipped where they are absent.</summary>
internal static partial class ReferenceModels
{
    /// <summary>Name, shape and type of every tensor, sorted.</summary>
    public static string[] Tensors(string model) =>
        Sorted(
            ReferenceVectors
                .Document($"state_dicts/{model}.json")
                .GetProperty("tensors")
                .EnumerateArray()
                .Select(tensor =>
                    Line(
                        tensor.GetProperty("name").GetString()!,
                        tensor.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()),
                        tensor.GetProperty("dtype").GetString()!
                    )
                )
        );

    /// <summary>The same of a module.</summary>
    public static string[] Tensors(nn.Module module) =>
        Sorted(module.state_dict().Select(item => Line(item.Key, item.Value.shape, item.Value.dtype.ToString())));

    /// <summary>The same of a state dict as the build writes it down.</summary>
    public static string[] TensorsOf(string state) =>
        Sorted(
            from line in state.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let module = line[..line.IndexOf(':', StringComparison.Ordinal)]
            from Match tensor in Tensor().Matches(line)
            select $"{module}.{tensor.Groups["name"].Value} {tensor.Groups["shape"].Value} {(tensor.Groups["type"].Success ? tensor.Groups["type"].Value : "float32")}"
        );

    private static string Line(string name, IEnumerable<long> shape, string type) =>
        $"{name} [{string.Join(", ", shape)}] {type.ToLowerInvariant()}";

    [GeneratedRegex(@"(?<name>\w+) (?<shape>\[[\d, ]*\])( (?<type>\w+))?")]
    private static partial Regex Tensor();

    private static string[] Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];
}
