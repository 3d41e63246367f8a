using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>What a layer holds, by the names of the state dict, and the multiply-adds of one forward pass; unknown for modules of the user's own.</summary>
/// <remarks>Names of a single layer are those of its own tensors (<c>weight</c>); <see cref="At" /> puts the layer's name in front, a <see cref="DescriptionRow" /> the rest.</remarks>
internal readonly record struct Cost(EquatableArray<StateTensor> Tensors, long MultiplyAdds, bool IsKnown = true)
{
    public static Cost None { get; } = new([], 0);

    public static Cost Unknown { get; } = new([], 0, IsKnown: false);

    /// <summary>What layers hold, under their names in the model, and their work.</summary>
    public static Cost Of(IReadOnlyList<NamedLayer> layers) =>
        new(
            [
                .. layers
                    .SelectMany(static layer => layer.Leaves(""))
                    .SelectMany(static leaf => leaf.Layer.Tensors.Select(tensor => tensor.Under(leaf.Name))),
            ],
            layers.Sum(static layer => layer.Layer.MultiplyAdds),
            layers.All(static layer => layer.Layer.IsKnown)
        );

    /// <summary>Learnable numbers; statistics and counts are none.</summary>
    public long Parameters => Tensors.Where(static tensor => tensor.IsLearnt).Sum(static tensor => tensor.Count);

    public static Cost operator +(Cost first, Cost second) =>
        new([.. first.Tensors, .. second.Tensors], first.MultiplyAdds + second.MultiplyAdds, first.IsKnown && second.IsKnown);

    /// <summary>The same under the name of the module that holds it.</summary>
    public Cost At(string module) => this with { Tensors = Tensors.Select(tensor => tensor.Under(module)).ToEquatableArray() };

    /// <summary>The same layer applied to further regions: parameters stay, work grows.</summary>
    public Cost Repeated(long times) => this with { MultiplyAdds = MultiplyAdds * times };

    /// <summary>A convolution that is applied to maps of the given number of cells in all.</summary>
    public static Cost Convolution(int inputs, int outputs, int kernel, bool bias, long cells, int groups = 1) =>
        Weights([outputs, inputs / groups, kernel, kernel], bias ? outputs : 0, cells);

    /// <summary>A convolution with a bias whose kernel need not be square.</summary>
    public static Cost Convolution(int inputs, int outputs, (int Height, int Width) kernel, long cells) =>
        Weights([outputs, inputs, kernel.Height, kernel.Width], outputs, cells);

    /// <summary>A transposed convolution along a line whose windows do not overlap; the cells are those of its input.</summary>
    public static Cost Stretching(int channels, int kernel, long cells) => Weights([channels, channels, kernel], channels, cells);

    /// <summary>A transposed convolution whose windows do not overlap; the cells are those of its input.</summary>
    public static Cost TransposedConvolution(int inputs, int outputs, int kernel, long cells) =>
        Weights([inputs, outputs, kernel, kernel], outputs, cells);

    public static Cost Linear(int inputs, int outputs) => Weights([outputs, inputs], outputs, 1);

    /// <summary>Scale and shift of a normalisation, and the statistics of one that runs on those of former batches; its own work is not counted, as is usual.</summary>
    public static Cost Normalization(int channels, bool hasStatistics) =>
        new([new("weight", [channels]), new("bias", [channels]), .. hasStatistics ? Statistics(channels) : []], 0);

    /// <summary>A learnt number by itself.</summary>
    public static Cost Factor(string name) => new([new StateTensor(name, [])], 0);

    /// <summary>What training counts and no gradient reaches.</summary>
    public static Cost Buffers(IEnumerable<StateTensor> tensors) => new(tensors.ToEquatableArray(), 0);

    private static Cost Weights(EquatableArray<long> shape, int biases, long cells)
    {
        var weight = new StateTensor("weight", shape);
        return new(biases == 0 ? [weight] : [weight, new("bias", [biases])], weight.Count * cells);
    }

    private static StateTensor[] Statistics(int channels) =>
        [
            new("running_mean", [channels], IsLearnt: false),
            new("running_var", [channels], IsLearnt: false),
            new("num_batches_tracked", [], IsLearnt: false, "int64"),
        ];
}
