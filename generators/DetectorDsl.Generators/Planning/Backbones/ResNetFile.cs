using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>What the template of a residual network prints.</summary>
internal sealed record ResNetFile(
    DeclarationNames Names,
    int Depth,
    string NormCode,
    string NormKey,
    string? Deformable,
    int StemChannels,
    StructureCode Structure,
    EquatableArray<ResNetStage> Stages,
    EquatableArray<string> Frozen
) : FilePlan("Backbone", "ResNet", Names)
{
    public bool HasDeformable => Deformable is not null;

    public bool HasFrozen => Frozen.Count > 0;

    public string FrozenList => string.Join(", ", Frozen);

    public string StemShape => $"N x {StemChannels} x H/2 x W/2";

    public string PooledShape => $"N x {StemChannels} x H/4 x W/4";

    public string Outputs => string.Join(", ", Stages.Select(static stage => $"c{stage.Number + 1}.MoveToOuterDisposeScope()"));
}

/// <summary>One stage and the shape it yields.</summary>
internal sealed record ResNetStage(int Number, string Shape)
{
    public string Input => Number == 1 ? "x" : $"c{Number}";

    public string Output => $"c{Number + 1}";
}
