using System.Collections.Immutable;
using System.Text.Json;
using DetectorDsl.Annotations;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>Weights in several files, by the index that lists them (<c>model.safetensors.index.json</c>, <c>pytorch_model.bin.index.json</c>).</summary>
/// <remarks>Source: huggingface/transformers, documentation, "Sharded checkpoints": <c>weight_map</c> names the file of each tensor.</remarks>
internal sealed class WeightsIndex : WeightsFile
{
    private const int MostParts = 1_000;
    private const string Map = "weight_map";

    private readonly ImmutableSortedDictionary<string, WeightsFile> files;

    private WeightsIndex(string path, ImmutableSortedDictionary<string, WeightsFile> files) => (Path, this.files) = (path, files);

    /// <inheritdoc />
    public override string Path { get; }

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => files.Keys;

    /// <summary>Whether a file begins as JSON text does.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        return head.Length > 1 && head[0] == '{' && !head[..Math.Min(head.Length, 8)].Contains((byte)0);
    }

    /// <summary>Opens the index and all its parts.</summary>
    /// <exception cref="WeightsException">It is no index, or a part is missing, damaged or lacks a tensor.</exception>
    public static new WeightsIndex Open(string path)
    {
        var parts = new Dictionary<string, (WeightsFile File, HashSet<string> Names)>(StringComparer.Ordinal);
        try
        {
            return new WeightsIndex(path, Files(path, parts));
        }
        catch
        {
            foreach (var (file, _) in parts.Values)
            {
                file.Dispose();
            }

            throw;
        }
    }

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name) => Find(name).Describe(name);

    /// <inheritdoc />
    public override Tensor Read(string name) => Find(name).Read(name);

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target) => Find(name).CopyTo(name, target);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        foreach (var file in disposing ? files.Values.Distinct() : [])
        {
            file.Dispose();
        }
    }

    private static ImmutableSortedDictionary<string, WeightsFile> Files(
        string path,
        Dictionary<string, (WeightsFile File, HashSet<string> Names)> parts
    )
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, WeightsFile>(StringComparer.Ordinal);
        foreach (var (name, part) in MapOf(path))
        {
            if (!parts.TryGetValue(part, out var known))
            {
                known =
                    parts.Count < MostParts
                        ? OpenPart(path, part)
                        : throw new WeightsException($"{path}: names more than {MostParts} files. Name one file of weights.");
                parts[part] = known;
            }

            files[name] = known.Names.Contains(name)
                ? known.File
                : throw new WeightsException(
                    $"{path}: '{part}' lacks the tensor '{name}' that the index puts there. Copy index and parts again, of one version."
                );
        }

        return files.ToImmutable();
    }

    private WeightsFile Find(string name) =>
        files.TryGetValue(name, out var file)
            ? file
            : throw new WeightsException($"{Path}: holds no tensor '{name}'. It is not the file that was asked for.");

    private static List<(string Name, string Part)> MapOf(string path)
    {
        try
        {
            using var stream = InputFile.OpenRead(path);
            if (stream.Length <= InputBudget.LargestEntry)
            {
                using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = InputBudget.DeepestNesting });
                if (json.RootElement.TryGetProperty(Map, out var map) && map.ValueKind == JsonValueKind.Object)
                {
                    return
                    [
                        .. map.EnumerateObject()
                            .Select(item => (item.Name, item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString()! : "")),
                    ];
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) { }

        throw new WeightsException(
            $"{path}: a JSON text, and no index of weights in several files (without '{Map}'). Name a file of safetensors, .pth, .pt or .pkl."
        );
    }

    // A part lies beside its index; nothing else is opened for it.
    private static (WeightsFile File, HashSet<string> Names) OpenPart(string path, string part)
    {
        var file = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, part);
        if (part.Length == 0 || part.AsSpan().IndexOfAny("/\\\0") >= 0 || part is "." or "..")
        {
            throw new WeightsException($"{path}: its part '{part}' is no name of a file beside it. Copy the index again.");
        }

        if (!File.Exists(file))
        {
            throw new WeightsException(
                $"{path}: the index of weights in several files; its part '{part}' is missing. Copy all parts beside it."
            );
        }

        var weights = OpenSingle(file);
        return (weights, weights.TensorNames.ToHashSet(StringComparer.Ordinal));
    }
}
