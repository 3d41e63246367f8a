using System.Collections.Immutable;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>Where the numbers of a file written by <c>torch.save</c> lie: place of the first byte, and bytes, of each storage.</summary>
internal sealed class TorchStorages(ImmutableDictionary<string, (long Start, long Length)> places)
{
    /// <summary>Bytes of a storage; -1 where the file lacks it.</summary>
    public long LengthOf(string key) => places.TryGetValue(key, out var place) ? place.Length : -1;

    /// <summary>Place in the file of a storage's first byte; 0 where the file lacks it, which a storage of nothing may be.</summary>
    public long StartOf(string key) => places.GetValueOrDefault(key).Start;
}
