using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a side-aware box head prints.</summary>
internal sealed record SideAwareBoxHeadFile(
    DeclarationNames Names,
    string Suffix,
    StructureCode Structure,
    EquatableArray<FullyConnectedLayer> Layers,
    EquatableArray<SideConvolution> PreConvolutions,
    EquatableArray<SideConvolution> PostConvolutions,
    string InputShape,
    int Channels,
    int Size,
    int Positions,
    ObjectCode Loss,
    ObjectCode Coder,
    string LogitCount,
    string LogitMeaning,
    int OffsetCount
) : FilePlan("BoxHead" + Suffix, "SideAwareBoxHead", Names)
{
    public FullyConnectedLayer First => Layers[0];
}

/// <summary>A convolution that keeps channels and size.</summary>
internal sealed record SideConvolution(int Index)
{
    public static EquatableArray<SideConvolution> Range(int count) =>
        Enumerable.Range(0, count).Select(static index => new SideConvolution(index)).ToEquatableArray();
}
