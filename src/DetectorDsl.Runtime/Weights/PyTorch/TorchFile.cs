using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Weights.PyTorch;

/// <summary>A state dict that <c>torch.save</c> wrote (<c>.pth</c>, <c>.pt</c>), alone or in a training tool's checkpoint under <c>state_dict</c> or
/// <c>model</c>. Nothing in the file is ever run: it may come from anywhere.</summary>
/// <remarks>The prefix <c>module.</c>, which data-parallel training leaves before every name, is taken off.</remarks>
public sealed class TorchFile : WeightsFile
{
    private const string Parallel = "module.";
    private const int MostShares = 16;

    private static readonly ImmutableArray<string> Places = ["state_dict", "model", "model_state_dict", "model_state", "net"];

    private readonly string path;
    private readonly TorchStorages storages;
    private readonly ImmutableSortedDictionary<string, TensorReference> tensors;

    private TorchFile(string path, TorchStorages storages, ImmutableSortedDictionary<string, TensorReference> tensors) =>
        (this.path, this.storages, this.tensors) = (path, storages, tensors);

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
        var tensors = StateDictOf(root).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (tensors.IsEmpty)
        {
            throw new WeightsException($"{path}: holds no tensors, neither by themselves nor under {string.Join(", ", Places.Select(place => $"'{place}'"))}. Save model.state_dict().");
        }

        foreach (var (name, tensor) in tensors)
        {
            var length = storages.LengthOf(tensor.Storage.Key);
            if (!tensor.IsWithinStorage || tensor.Storage.Count > length / ElementSize(tensor.Storage.Type))
            {
                throw new WeightsException($"{path}: tensor '{name}' [{string.Join(", ", tensor.Shape)}] does not lie within its storage '{tensor.Storage.Key}' of {Math.Max(length, 0)} bytes. The file is damaged or cut off: copy it again.");
            }
        }

        CheckSum(path, tensors.Values);
        return new TorchFile(path, storages, tensors);
    }

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

    private long Start(TensorReference reference) => storages.StartOf(reference.Storage.Key) + (reference.Offset * ElementSize(reference.Storage.Type));

    private TensorReference Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : throw new WeightsException($"{path}: holds no tensor '{name}'. It is not the file that was asked for.");

    // Tensors may share a storage, as tied weights do; a small file must not stand for any number of large ones.
    private static void CheckSum(string path, IEnumerable<TensorReference> tensors)
    {
        var (sum, length) = (tensors.Sum(tensor => (double)tensor.Span * ElementSize(tensor.Storage.Type)), new FileInfo(path).Length);
        if (sum > (double)length * MostShares)
        {
            throw new WeightsException($"{path}: its tensors count {sum:0} bytes, the file {length}: too many share one storage. Save a plain state dict.");
        }
    }

    private static IEnumerable<KeyValuePair<string, TensorReference>> StateDictOf(object? root)
    {
        if (root is not PickleDictionary dictionary)
        {
            return [];
        }

        var place = Places.Select(name => dictionary[name]).OfType<PickleDictionary>().FirstOrDefault(inner => inner.Texts.Any(pair => pair.Value is TensorReference)) ?? dictionary;
        var pairs = place.Texts.Where(pair => pair.Value is TensorReference).DistinctBy(pair => pair.Key).ToList();
        var skip = pairs.All(pair => pair.Key.StartsWith(Parallel, StringComparison.Ordinal)) ? Parallel.Length : 0;
        return pairs.Select(pair => KeyValuePair.Create(pair.Key[skip..], (TensorReference)pair.Value!));
    }

    private static byte[] Start(string path)
    {
        var start = new byte[2];
        using var stream = File.OpenRead(path);
        return start[..stream.ReadAtLeast(start, 2, throwOnEndOfStream: false)];
    }

    private static long ElementSize(ScalarType type) => type.ElementSize();
}
