using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A fully connected layer.</summary>
internal sealed record LinearLayer(int Inputs, int Outputs) : WeightedLayer(Inputs, Outputs)
{
    public const string ClassName = Modules + "Linear";

    protected override EquatableArray<long> WeightShape => [Outputs, Inputs];

    protected override string OwnKind => "fully connected";

    protected override ObjectCode OwnCode =>
        new(
            ClassName,
            $"{Layers}Initialize.{Initial.Name}Linear({string.Join(", ", [CSharpLiteral.Of(Inputs), CSharpLiteral.Of(Outputs), .. Initial.StdArgument, .. Initial.PriorArgument])})"
        );
}
