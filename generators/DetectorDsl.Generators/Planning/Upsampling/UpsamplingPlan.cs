using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Upsampling;

/// <summary>What doubles a map's size: its module, the channels that it yields, what descriptions call it, what it holds and costs.</summary>
internal sealed record UpsamplingPlan(ObjectCode Code, int Channels, string Kind, Cost Cost)
{
    /// <summary>Names of its layers below its own; empty where it is a layer itself.</summary>
    public EquatableArray<string> Layers { get; init; } = [];

    /// <summary>What is called on its result; empty for nothing.</summary>
    public string Activation { get; init; } = "";
}
