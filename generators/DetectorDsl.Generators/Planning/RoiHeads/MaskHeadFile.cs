using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What the template of a mask head prints.</summary>
internal sealed record MaskHeadFile(
    DeclarationNames Names,
    bool Flows,
    StructureCode Structure,
    EquatableArray<MaskLayer> Layers,
    string InputShape,
    string Activation,
    string UpsampledShape,
    string OutputShape
) : FilePlan("MaskHead", "MaskHead", Names)
{
    /// <summary>The expression that makes the normalisations' factory; null where there are none.</summary>
    public string? NormCode { get; init; }

    public bool HasNorm => NormCode is not null;

    public bool HasLayers => Layers.Count > 0;

    public string UpsampledArgument => HasLayers ? "x" : "features";

    public string UpsampledResult => HasLayers ? "x" : "var x";

    /// <summary>Shape of the features before they are enlarged.</summary>
    public string InnerShape => HasLayers ? Layers[Layers.Count - 1].Shape : InputShape;
}

/// <summary>A 3x3 convolution.</summary>
internal sealed record MaskLayer(int Index, string Shape)
{
    public string Argument => Index == 0 ? "features" : "x";

    public string Result => Index == 0 ? "var x" : "x";
}
