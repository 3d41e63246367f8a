using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A module of the user's own, whose tensors and work nobody knows.</summary>
internal sealed record OwnLayer(ObjectCode Construction, string Phrase) : LeafLayer
{
    public override bool IsKnown => false;

    public override long MultiplyAdds => 0;

    public override IEnumerable<StateTensor> Tensors => [];

    protected override ObjectCode OwnCode => Construction;

    protected override string OwnKind => Phrase;
}
