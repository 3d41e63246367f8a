using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A module of the runtime's that holds several layers: how it is made, what descriptions call it, and its parts under the names that it gives them.</summary>
/// <remarks>It makes its parts itself: what their own construction says is what the runtime's class does, and is not printed.</remarks>
internal sealed record CompositeLayer(ObjectCode Construction, string Phrase, EquatableArray<NamedLayer> Parts) : Layer
{
    /// <summary>Multiply-adds beside those of the parts.</summary>
    public long FurtherWork { get; init; }

    /// <summary>Whether descriptions have a row for each part rather than for the whole.</summary>
    public bool IsDescribedByParts { get; init; }

    public override long MultiplyAdds => FurtherWork + Parts.Sum(static part => part.Layer.MultiplyAdds);

    public override bool IsKnown => Parts.All(static part => part.Layer.IsKnown);

    public override IEnumerable<NamedLeaf> Leaves(string name) => Parts.SelectMany(part => part.Leaves(name));

    public override IEnumerable<DescriptionRow> Rows(string name) =>
        IsDescribedByParts ? Parts.Select(part => part.Under(name)).SelectMany(static part => part.Layer.Rows(part.Name)) : base.Rows(name);

    protected override ObjectCode OwnCode => Construction;

    protected override string OwnKind => Phrase;
}
