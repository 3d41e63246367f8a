using System.Collections.Immutable;
using DetectorDsl.Weights.PyTorch;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>Tensors by name in a file, whatever its format; values are read when asked for.</summary>
public abstract class WeightsFile : IDisposable
{
    /// <summary>The file.</summary>
    public abstract string Path { get; }

    /// <summary>Names of the tensors in the file, sorted.</summary>
    public abstract IEnumerable<string> TensorNames { get; }

    /// <summary>Free text by key; empty where the format has none.</summary>
    public virtual ImmutableSortedDictionary<string, string> Metadata => ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the file was found to be, bit for bit, what was once written; false where the format or its writer has no checksum.</summary>
    public virtual bool HasChecksum => false;

    /// <summary>What a person should know of what was taken of the file: one sentence each. Empty by default.</summary>
    public virtual ImmutableArray<string> Remarks => [];

    /// <summary>Why the file cannot be read without a key; null (default) where it can.</summary>
    internal virtual string? Undecided => null;

    /// <summary>What the parts are called, for messages.</summary>
    internal virtual string Contents =>
        $"its names begin with {string.Join(", ", TensorNames.Select(name => name.Split('.')[0]).Distinct().Take(20).Select(name => $"'{name}'"))}";

    /// <summary>Opens a file by its content, not its name: safetensors, what PyTorch's <c>torch.save</c> wrote, in its zip form or the one before, or a pickle of numpy arrays as detectron2 has them.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file's content, to be disposed.</returns>
    /// <exception cref="WeightsException">The file is missing, damaged, of no such format, or holds objects that state dicts do not need; the message names the file, the place and the remedy.</exception>
    public static WeightsFile Open(string path) => Open(new WeightsSource(path));

    /// <summary>Opens a file, or the part of it that a key names.</summary>
    /// <param name="source">The file and the key; an index of weights in several files (<c>.index.json</c>) stands for all of them.</param>
    /// <returns>The file's content, to be disposed.</returns>
    /// <exception cref="WeightsException">The file cannot be used, or there is no such part, or there are several and no key says which.</exception>
    public static WeightsFile Open(WeightsSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var whole = WeightsIndex.Recognizes(FileHead.Read(source.Path)) ? WeightsIndex.Open(source.Path) : OpenSingle(source.Path);
        try
        {
            var file = source.Key is { } key ? whole.Part(key) : whole;
            return file.Undecided is { } reason ? throw new WeightsException(reason) : file;
        }
        catch
        {
            whole.Dispose();
            throw;
        }
    }

    /// <summary>Opens one file, which is no index of others.</summary>
    /// <remarks>The length of a safetensors header may begin as a pickle does.</remarks>
    internal static WeightsFile OpenSingle(string path) =>
        SafetensorsFile.Recognizes(path) || !TorchFile.Recognizes(path) ? SafetensorsFile.Open(path)
        : TorchFile.IsArchive(path) ? TorchFile.Open(path)
        : (WeightsFile?)NumpyFile.TryOpen(path) ?? TorchFile.Open(path);

    /// <summary>The part of the file that a key names, to be disposed in its place: here, the tensors whose names begin with it.</summary>
    /// <exception cref="WeightsException">There are none.</exception>
    internal virtual WeightsFile Part(string key)
    {
        var prefix = key.TrimEnd('.') + ".";
        var names = TensorNames
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(name => name[prefix.Length..], name => name, StringComparer.Ordinal);
        return names.IsEmpty
            ? throw new WeightsException($"{Path}: holds nothing under '{key}'; {Contents}. Name one of these with --key, or leave it out.")
            : new RenamedWeights(this, names, []);
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
    protected virtual void Dispose(bool disposing) { }
}
