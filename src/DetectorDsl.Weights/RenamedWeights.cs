using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>Some tensors of a file under other names.</summary>
/// <param name="file">The file.</param>
/// <param name="names">The file's name by the new one.</param>
/// <param name="remarks">What to say of the change, before what the file itself says.</param>
internal sealed class RenamedWeights(WeightsFile file, ImmutableSortedDictionary<string, string> names, ImmutableArray<string> remarks)
    : WeightsFile
{
    /// <inheritdoc />
    public override string Path => file.Path;

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => names.Keys;

    /// <inheritdoc />
    public override ImmutableSortedDictionary<string, string> Metadata => file.Metadata;

    /// <inheritdoc />
    public override ImmutableArray<string> Remarks { get; } = [.. remarks, .. file.Remarks];

    /// <inheritdoc />
    public override bool HasChecksum => file.HasChecksum;

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name) => file.Describe(Find(name));

    /// <inheritdoc />
    public override Tensor Read(string name) => file.Read(Find(name));

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target) => file.CopyTo(Find(name), target);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }
    }

    private string Find(string name) =>
        names.TryGetValue(name, out var own)
            ? own
            : throw new WeightsException($"{Path}: holds no tensor '{name}'. It is not the file that was asked for.");
}
