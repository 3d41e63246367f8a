using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a box head prints.</summary>
internal sealed record BoxHeadFile(
    DeclarationNames Names,
    string Suffix,
    StructureCode Structure,
    EquatableArray<FullyConnectedLayer> Layers,
    string InputShape,
    ObjectCode Loss,
    ObjectCode Coder,
    string LogitCount,
    string LogitMeaning,
    int OffsetCount,
    string OffsetMeaning
) : FilePlan("BoxHead" + Suffix, "BoxHead", Names)
{
    /// <summary>Shape of the maps that shared convolutions in front yield; empty where there are none.</summary>
    public string ConvolvedShape { get; init; } = "";

    public bool HasBlocks => ConvolvedShape.Length > 0;

    /// <summary>What becomes one row for each region.</summary>
    public string Flattened => HasBlocks ? "maps" : "features";

    public FullyConnectedLayer First => Layers[0];
}

/// <summary>A shared fully connected layer.</summary>
internal sealed record FullyConnectedLayer(int Index, int Inputs, int Outputs)
{
    public static FullyConnectedLayer Of(LinearLayer layer, int index) => new(index, layer.Inputs, layer.Outputs);
}
