using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a side-aware box head prints.</summary>
internal sealed record SideAwareBoxHeadFile(
    DeclarationNames Names,
    string Suffix,
    EquatableArray<FullyConnectedLayer> Layers,
    EquatableArray<SideConvolution> PreConvolutions,
    EquatableArray<SideConvolution> PostConvolutions,
    string InputShape,
    int Channels,
    int Size,
    int Stretching,
    ObjectCode Classifier,
    ObjectCode Loss,
    ObjectCode Coder,
    string LogitCount,
    string LogitMeaning,
    int OffsetCount
) : FilePlan("BoxHead" + Suffix, "SideAwareBoxHead", Names)
{
    public FullyConnectedLayer First => Layers[0];

    /// <summary>Positions along an axis, as many as buckets.</summary>
    public int Positions => Size * Stretching;
}

/// <summary>A convolution that keeps channels and size.</summary>
internal sealed record SideConvolution(int Index);
