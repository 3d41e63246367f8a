using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>A state dict that <c>torch.save</c> wrote (<c>.pth</c>, <c>.pt</c>), alone or in a training tool's checkpoint under <c>state_dict</c> or
/// <c>model</c>; another one within it by its key. Nothing in the file is ever run: it may come from anywhere.</summary>
/// <remarks>The prefix <c>module.</c>, which data-parallel training leaves before every name, is taken off.</remarks>
public sealed class TorchFile : WeightsFile
{
    private const int MostShares = 16;
    private const double LargestRepeated = 1 << 16;

    private readonly string path;
    private readonly TorchStorages storages;
    private readonly StateDicts dictionaries;
    private readonly ImmutableSortedDictionary<string, TensorReference> tensors;

    private TorchFile(string path, TorchStorages storages, StateDicts dictionaries, string? key)
    {
        (this.path, this.storages, this.dictionaries) = (path, storages, dictionaries);
        tensors = key is null ? ImmutableSortedDictionary<string, TensorReference>.Empty : WithoutPrefix(dictionaries.Find(key)!);
        Remarks = key == dictionaries.Chosen && dictionaries.Remark is { } remark ? [remark] : [];
        Check();
    }

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override ImmutableArray<string> Remarks { get; }

    /// <inheritdoc />
    internal override string? Undecided =>
        tensors.IsEmpty
            ? $"{path}: holds several state dicts: {dictionaries.Listed}. Choose one, as with --key {dictionaries.Example}."
            : null;

    /// <inheritdoc />
    internal override string Contents => dictionaries.Listed.Length > 0 ? $"it holds {dictionaries.Listed}" : base.Contents;

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => tensors.Keys;

    /// <summary>Whether a file begins as one of PyTorch's two forms does.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True for a zip archive or a pickle.</returns>
    public static bool Recognizes(string path) => Start(path) is [(byte)'P', (byte)'K'] or [(byte)PickleCode.Proto, > 1 and < 6];

    /// <summary>Whether a file begins as a zip archive does.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True for a zip archive.</returns>
    internal static bool IsArchive(string path) => Start(path) is [(byte)'P', (byte)'K'];

    /// <summary>Reads which tensors a file holds; values are read when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file's content.</returns>
    /// <exception cref="WeightsException">The file is damaged, or holds objects that state dicts do not need; the message names the file, the place and the remedy.</exception>
    public static new TorchFile Open(string path)
    {
        var (root, storages) = IsArchive(path) ? ZipStorages.Open(path) : StreamStorages.Open(path);
        var dictionaries = new StateDicts(root);
        return dictionaries.IsEmpty
            ? throw new WeightsException(
                $"{path}: holds no tensors, neither by themselves nor under {StateDicts.Places}. Save model.state_dict()."
            )
            : new TorchFile(path, storages, dictionaries, dictionaries.Chosen);
    }

    /// <inheritdoc />
    internal override WeightsFile Part(string key) =>
        dictionaries.Find(key) is null ? base.Part(key) : new TorchFile(path, storages, dictionaries, key);

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name)
    {
        var tensor = Find(name);
        return (tensor.Storage.Type, [.. tensor.Shape]);
    }

    /// <inheritdoc />
    public override Tensor Read(string name)
    {
        var reference = Find(name);
        if (reference.IsContiguous)
        {
            return FileValues.Read(path, name, reference.Storage.Type, reference.Shape, Start(reference));
        }

        using var scope = NewDisposeScope();
        var flat = FileValues.Read(path, name, reference.Storage.Type, [reference.Span], Start(reference));
        return flat.as_strided(reference.Shape, reference.Strides).clone().contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target)
    {
        var reference = Find(name);
        if (reference.IsContiguous)
        {
            FileValues.CopyTo(path, name, reference.Storage.Type, Start(reference), target);
        }
        else
        {
            base.CopyTo(name, target);
        }
    }

    private long Start(TensorReference reference) =>
        storages.StartOf(reference.Storage.Key) + (reference.Offset * ElementSize(reference.Storage.Type));

    private TensorReference Find(string name) =>
        tensors.TryGetValue(name, out var tensor)
            ? tensor
            : throw new WeightsException($"{path}: holds no tensor '{name}'. It is not the file that was asked for.");

    private static ImmutableSortedDictionary<string, TensorReference> WithoutPrefix(
        ImmutableSortedDictionary<string, TensorReference> named
    )
    {
        var prefix = WrapperNames.ParallelPrefix([.. named.Keys]);
        return prefix.Length == 0
            ? named
            : named
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);
    }

    private void Check()
    {
        foreach (var (name, tensor) in tensors)
        {
            var length = storages.LengthOf(tensor.Storage.Key);
            if (!tensor.IsWithinStorage || tensor.Storage.Count > length / ElementSize(tensor.Storage.Type))
            {
                throw new WeightsException(
                    $"{path}: tensor '{name}' [{string.Join(", ", tensor.Shape)}] does not lie within its storage '{tensor.Storage.Key}' of {Math.Max(length, 0)} bytes. The file is damaged or cut off: copy it again."
                );
            }
        }

        // Tensors may share a storage, as tied weights do, or repeat its numbers; a small file must not stand for any number of large ones.
        var (sum, file) = (
            tensors.Values.Sum(tensor => (double)tensor.Count * ElementSize(tensor.Storage.Type)),
            new FileInfo(path).Length
        );
        if (sum > Math.Max((double)file * MostShares, LargestRepeated))
        {
            throw new WeightsException(
                $"{path}: its tensors count {sum:0} bytes, the file {file}: too many share one storage. Save a plain state dict."
            );
        }
    }

    // The length that safetensors begins with may be of the same two bytes: 640 is a pickle's mark, 19,280 an archive's. The header's brace follows it.
    private static byte[] Start(string path) =>
        FileHead.Read(path) is [var first, var second, .. var rest] && rest is not [_, _, 0, 0, 0, 0, (byte)'{', ..] ? [first, second] : [];

    private static long ElementSize(ScalarType type) => type.ElementSize();
}
