using System.Text.Json;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>Tensors of established software's models, kept beside the repository; tests that need them are skipped where they are absent.</summary>
internal static class ReferenceModels
{
    private const string Variable = "DETECTORDSL_SHARED";

    /// <summary>Name, shape and type of every tensor, sorted.</summary>
    public static string[] Tensors(string model)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var path = Path.Combine(named ?? Beside(), "vectors", "state_dicts", $"{model}.json");
        if (named is null)
        {
            Skip.IfNot(File.Exists(path), $"{path} is absent; set {Variable} to the folder that holds the vectors.");
        }

        Assert.True(File.Exists(path), $"{path} is absent, though {Variable} is set.");
        using var stream = File.OpenRead(path);
        return Sorted(JsonSerializer.Deserialize<JsonElement>(stream).GetProperty("tensors").EnumerateArray().Select(tensor =>
            Line(tensor.GetProperty("name").GetString()!, tensor.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()), tensor.GetProperty("dtype").GetString()!)));
    }

    /// <summary>The same of a module.</summary>
    public static string[] Tensors(nn.Module module) => Sorted(module.state_dict().Select(item => Line(item.Key, item.Value.shape, item.Value.dtype.ToString())));

    private static string Line(string name, IEnumerable<long> shape, string type) => $"{name} [{string.Join(", ", shape)}] {type.ToLowerInvariant()}";

    private static string[] Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static string Beside()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DetectorDsl.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? AppContext.BaseDirectory, "shared");
    }
}
