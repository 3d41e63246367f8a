using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A learnt number by itself: the runtime's <c>LearnedScale</c>.</summary>
internal sealed record FactorLayer : LeafLayer
{
    public override long MultiplyAdds => 0;

    public override IEnumerable<StateTensor> Tensors => [new("scale", [])];

    protected override ObjectCode OwnCode => ObjectCode.New(Layers + "LearnedScale");

    protected override string OwnKind => "factor";
}
