using System.Collections.Immutable;
using DetectorDsl.Runtime.Weights.PyTorch;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Weights;

/// <summary>Tensors by name in a file, whatever its format; values are read when asked for.</summary>
public abstract class WeightsFile : IDisposable
{
    /// <summary>Names of the tensors in the file, sorted.</summary>
    public abstract IEnumerable<string> TensorNames { get; }

    /// <summary>Free text by key; empty where the format has none.</summary>
    public virtual ImmutableSortedDictionary<string, string> Metadata => ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the file was found to be, bit for bit, what was once written; false where the format or its writer has no checksum.</summary>
    public virtual bool HasChecksum => false;

    /// <summary>Opens a file by its content, not its name: safetensors, what PyTorch's <c>torch.save</c> wrote, in its zip form or the one before, or a pickle of numpy arrays as detectron2 has them.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file's content, to be disposed.</returns>
    /// <exception cref="WeightsException">The file is missing, damaged, of no such format, or holds objects that state dicts do not need; the message names the file, the place and the remedy.</exception>
    public static WeightsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new WeightsException($"{path}: no such weights file. Check the path.");
        }

        if (!TorchFile.Recognizes(path))
        {
            return SafetensorsFile.Open(path);
        }

        return TorchFile.IsArchive(path) ? TorchFile.Open(path) : (WeightsFile?)NumpyFile.TryOpen(path) ?? TorchFile.Open(path);
    }

    /// <summary>Type and shape of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its type and the lengths of its axes.</returns>
    /// <exception cref="WeightsException">There is no tensor of that name.</exception>
    public abstract (ScalarType Type, ImmutableArray<long> Shape) Describe(string name);

    /// <summary>Reads one tensor into memory of its own on the CPU.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>A fresh tensor.</returns>
    /// <exception cref="WeightsException">There is no tensor of that name, or the file ends early.</exception>
    public abstract Tensor Read(string name);

    /// <summary>Copies one tensor over another of its shape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">Receives the values in its own type, on its own device.</param>
    /// <exception cref="WeightsException">There is no tensor of that name, or the file ends early.</exception>
    public virtual void CopyTo(string name, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var value = Read(name);
        target.copy_(value);
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what a format holds open; nothing by default.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()" /> is at work.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
