using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>detectron2's model files (<c>.pkl</c>): a pickled dictionary of numpy arrays, alone or under <c>model</c>. Nothing in the file is ever run.</summary>
/// <remarks>Source: detectron2, checkpoint/detection_checkpoint.py. Of numpy, arrays and types of numbers are known; whatever else there is, is passed over.</remarks>
public sealed class NumpyFile : WeightsFile
{
    private const string Model = "model";

    private readonly string path;
    private readonly ImmutableSortedDictionary<string, NumpyArray> arrays;

    private NumpyFile(string path, ImmutableSortedDictionary<string, NumpyArray> arrays) => (this.path, this.arrays) = (path, arrays);

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => arrays.Keys;

    /// <summary>Opens a pickle of arrays; values are read when asked for, from the mapped file.</summary>
    /// <param name="path">A file that begins as pickles do.</param>
    /// <returns>The file's content; null where the first thing in it is no dictionary, as in PyTorch's files.</returns>
    /// <exception cref="WeightsException">The file is damaged, holds no arrays, or objects that weights do not need; the message names the file, the place and the remedy.</exception>
    public static NumpyFile? TryOpen(string path)
    {
        using var mapped = MappedFile.Beginning(path);
        if (new PickleReader(mapped.Memory, path).Read() is not PickleDictionary root)
        {
            return null;
        }

        var place = root[Model] as PickleDictionary ?? root;
        var arrays = ImmutableSortedDictionary.CreateBuilder<string, NumpyArray>(StringComparer.Ordinal);
        foreach (var (name, value) in place.Texts)
        {
            if (value is not NumpyArray array)
            {
                continue;
            }

            arrays[name] = array.IsWhole
                ? array
                : throw new WeightsException(
                    $"{path}: array '{name}' [{string.Join(", ", array.Shape)}] is of a type that torch lacks, or its shape does not count its {array.Values?.Length ?? 0} bytes. Copy the file again, or convert it with detectron2."
                );
        }

        return arrays.Count > 0
            ? new NumpyFile(path, arrays.ToImmutable())
            : throw new WeightsException(
                $"{path}: a pickle without arrays, neither by themselves nor under '{Model}'. Name a model file of detectron2, or save model.state_dict() with torch.save."
            );
    }

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name)
    {
        var array = Find(name);
        return (array.Type!.Value, [.. array.Shape]);
    }

    /// <inheritdoc />
    public override Tensor Read(string name)
    {
        var array = Find(name);
        if (!array.IsFortran)
        {
            return FileValues.Read(path, name, array.Type!.Value, array.Shape, array.Values!.Position);
        }

        using var turned = FileValues.Read(path, name, array.Type!.Value, [.. array.Shape.Reverse()], array.Values!.Position);
        using var view = turned.permute([.. Enumerable.Range(0, array.Shape.Length).Reverse().Select(axis => (long)axis)]);
        return view.contiguous().clone();
    }

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target)
    {
        var array = Find(name);
        if (array.IsFortran)
        {
            base.CopyTo(name, target);
        }
        else
        {
            FileValues.CopyTo(path, name, array.Type!.Value, array.Values!.Position, target);
        }
    }

    private NumpyArray Find(string name) =>
        arrays.TryGetValue(name, out var array)
            ? array
            : throw new WeightsException($"{path}: holds no array '{name}'. It is not the file that was asked for.");
}
