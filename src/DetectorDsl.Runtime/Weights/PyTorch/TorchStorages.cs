namespace DetectorDsl.Runtime.Weights.PyTorch;

/// <summary>Where the numbers of a file written by <c>torch.save</c> lie.</summary>
internal abstract class TorchStorages
{
    /// <summary>Bytes of a storage; -1 where the file lacks it.</summary>
    public abstract long LengthOf(string key);

    /// <summary>Reads bytes of a storage.</summary>
    /// <exception cref="WeightsException">The file ends early.</exception>
    public abstract void Read(string key, long offset, Span<byte> target);
}
