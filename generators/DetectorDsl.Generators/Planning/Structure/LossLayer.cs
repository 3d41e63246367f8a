using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A loss, whose buffers stand in the state dict of the module that holds it; those of a class of the user's own are unknown (null).</summary>
internal sealed record LossLayer(ObjectCode Construction, string Phrase, EquatableArray<StateTensor>? Buffers) : LeafLayer
{
    public override bool IsKnown => Buffers is not null;

    public override long MultiplyAdds => 0;

    public override IEnumerable<StateTensor> Tensors => Buffers ?? [];

    protected override ObjectCode OwnCode => Construction;

    protected override string OwnKind => Phrase;
}
