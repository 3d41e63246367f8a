using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A convolution of maps.</summary>
internal record ConvolutionLayer(int Inputs, int Outputs, Window Kernel) : WeightedLayer(Inputs, Outputs)
{
    public int Stride { get; init; } = 1;

    public int Dilation { get; init; } = 1;

    /// <summary>Groups of channels that are convolved apart.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Zeros at each side, which keep the size at stride 1.</summary>
    public Window Padding => new(Kernel.Height / 2 * Dilation, Kernel.Width / 2 * Dilation);

    protected override EquatableArray<long> WeightShape => [Outputs, Inputs / Groups, Kernel.Height, Kernel.Width];

    protected override string OwnKind => $"{Kernel} convolution{(Stride == 1 ? "" : $", stride {Stride}")}";

    protected override ObjectCode OwnCode =>
        new(Layers + "Convolution2d", $"{Layers}Initialize.{Initial.Name}Convolution({string.Join(", ", Arguments)})");

    private IEnumerable<string> Arguments =>
        [
            CSharpLiteral.Of(Inputs),
            CSharpLiteral.Of(Outputs),
            Kernel.Argument,
            .. Stride == 1 ? [] : new[] { $"stride: {CSharpLiteral.Of(Stride)}" },
            .. Initial.StdArgument,
            .. HasBias == BiasByDefault ? [] : new[] { $"bias: {CSharpLiteral.Of(HasBias)}" },
            .. Initial.PriorArgument,
            .. Groups == 1 ? [] : new[] { $"groups: {CSharpLiteral.Of(Groups)}" },
        ];

    // What makes convolutions with oblong kernels makes none without a bias.
    private bool BiasByDefault => Initial.BiasByDefault || !Kernel.IsSquare;
}
