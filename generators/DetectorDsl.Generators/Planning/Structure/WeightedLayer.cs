using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A layer that multiplies by its weight and adds its bias.</summary>
/// <param name="Inputs">Channels that it reads.</param>
/// <param name="Outputs">Channels that it yields.</param>
internal abstract record WeightedLayer(int Inputs, int Outputs) : LeafLayer
{
    public bool HasBias { get; init; } = true;

    /// <summary>How its weights begin, unless its construction is given.</summary>
    public InitialWeights Initial { get; init; } = InitialWeights.Kaiming;

    public sealed override long MultiplyAdds => Weight.Count * Places;

    public sealed override IEnumerable<StateTensor> Tensors => HasBias ? [Weight, new("bias", [Outputs])] : [Weight];

    /// <summary>Shape of the weight.</summary>
    protected abstract EquatableArray<long> WeightShape { get; }

    private StateTensor Weight => new("weight", WeightShape);
}
