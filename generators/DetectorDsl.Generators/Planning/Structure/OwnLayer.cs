using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A module of the user's own, whose layers nobody knows.</summary>
internal sealed record OwnLayer(ObjectCode Construction, string Phrase) : Layer
{
    public override bool IsKnown => false;

    public override long MultiplyAdds => 0;

    public override IEnumerable<NamedLeaf> Leaves(string name) => [];

    protected override ObjectCode OwnCode => Construction;

    protected override string OwnKind => Phrase;
}
