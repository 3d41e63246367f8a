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
    string OffsetMeaning) : FilePlan("BoxHead" + Suffix, "BoxHead", Names)
{
    public FullyConnectedLayer First => Layers[0];
}

/// <summary>A shared fully connected layer.</summary>
internal sealed record FullyConnectedLayer(int Index, int Inputs, int Outputs);
