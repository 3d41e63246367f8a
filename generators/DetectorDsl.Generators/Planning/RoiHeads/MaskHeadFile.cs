using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a mask head prints.</summary>
internal sealed record MaskHeadFile(
    DeclarationNames Names,
    EquatableArray<MaskLayer> Layers,
    string InputShape,
    int UpsamplingInputs,
    int Channels,
    ObjectCode Predictor,
    string UpsampledShape,
    string OutputShape) : FilePlan("MaskHead", "MaskHead", Names);

/// <summary>A 3x3 convolution.</summary>
internal sealed record MaskLayer(int Index, int Inputs, int Outputs, string Shape);
