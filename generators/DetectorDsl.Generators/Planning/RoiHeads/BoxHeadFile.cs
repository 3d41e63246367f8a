using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a box head prints.</summary>
internal sealed record BoxHeadFile(
    DeclarationNames Names,
    string Suffix,
    EquatableArray<FullyConnectedLayer> Layers,
    string InputShape,
    int Width,
    ObjectCode Classifier,
    ObjectCode Loss,
    ObjectCode Coder,
    string LogitCount,
    string LogitMeaning,
    int OffsetCount,
    string OffsetMeaning
) : FilePlan("BoxHead" + Suffix, "BoxHead", Names)
{
    /// <summary>The shared convolutions in front.</summary>
    public EquatableArray<string> Blocks { get; init; } = [];

    /// <summary>Shape of the maps that they yield.</summary>
    public string ConvolvedShape { get; init; } = "";

    public bool HasBlocks => Blocks.Count > 0;

    /// <summary>What becomes one row for each region.</summary>
    public string Flattened => HasBlocks ? "maps" : "features";

    public FullyConnectedLayer First => Layers[0];
}

/// <summary>A shared fully connected layer.</summary>
internal sealed record FullyConnectedLayer(int Index, int Inputs, int Outputs);
