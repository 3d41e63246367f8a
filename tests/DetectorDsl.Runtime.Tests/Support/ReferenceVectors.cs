using System.Text.Json;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Numbers of established software, kept beside the repository; tests that need them are skipped where they are absent.</summary>
internal static class ReferenceVectors
{
    private const string Variable = "DETECTORDSL_SHARED";

    /// <summary>The cases of a file under <c>vectors</c>.</summary>
    public static JsonElement[] Cases(string file) => [.. Document(file).EnumerateArray()];

    /// <summary>The cases of a part of a file under <c>vectors</c>.</summary>
    public static JsonElement[] Parts(string file, string part) => [.. Document(file).GetProperty(part).EnumerateArray()];

    /// <summary>A file under <c>vectors</c>.</summary>
    public static JsonElement Document(string file)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var path = Path.Combine(named ?? Beside(), "vectors", file);
        if (named is null)
        {
            Skip.IfNot(File.Exists(path), $"{path} is absent; set {Variable} to the folder that holds the vectors.");
        }

        Assert.True(File.Exists(path), $"{path} is absent, though {Variable} is set.");
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }

    /// <summary>All numbers of nested arrays, row by row; null becomes NaN.</summary>
    public static double[] Numbers(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Numbers)],
            JsonValueKind.Null => [double.NaN],
            JsonValueKind.True => [1],
            JsonValueKind.False => [0],
            _ => [element.GetDouble()],
        };

    public static double[] Numbers(this JsonElement element, string name) => element.GetProperty(name).Numbers();

    public static float[] Singles(this JsonElement element, string name) =>
        Array.ConvertAll(element.Numbers(name), number => (float)number);

    public static long[] Integers(this JsonElement element, string name) => Array.ConvertAll(element.Numbers(name), number => (long)number);

    public static int[] Shape(this JsonElement element, string name) => Array.ConvertAll(element.Numbers(name), number => (int)number);

    public static double Real(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double Real(this JsonElement element, string name, double otherwise) =>
        element.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    public static int Whole(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static bool Truth(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    /// <summary>A matrix of numbers as a tensor.</summary>
    public static Tensor Matrix(this JsonElement element, string name, ScalarType type)
    {
        var rows = element.GetProperty(name).GetArrayLength();
        var numbers = element.Numbers(name);
        using var whole = tensor(numbers, [rows, numbers.Length / rows]);
        return whole.to(type, copy: true);
    }

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
