using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Upsampling;

/// <summary>What doubles a map's size, and the channels that it yields.</summary>
internal sealed record UpsamplingPlan(Layer Layer, int Channels)
{
    /// <summary>What is called on its result; empty for nothing.</summary>
    public string Activation => Layer is LeafLayer { Activation: Structure.Activation.Relu } ? ".relu_()" : "";
}
