using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>Where a residual block stands, and the layers that blocks of every kind have there.</summary>
/// <param name="Stage">Its stage, 1 to 4.</param>
/// <param name="Block">Its number in the stage, from 0.</param>
/// <param name="From">Channels that it reads.</param>
/// <param name="Planes">Width of the stage.</param>
/// <param name="Level">What it yields.</param>
/// <param name="Step">Its stride.</param>
/// <param name="Norm">What normalises behind its convolutions.</param>
/// <param name="Names">What others call its layers.</param>
/// <param name="Size">Size of the images.</param>
internal sealed record BlockPlace(
    int Stage,
    int Block,
    int From,
    int Planes,
    Level Level,
    int Step,
    NormalizationPlan Norm,
    ResNetNames Names,
    ImageSize Size
)
{
    /// <summary>Cells of the map that it reads.</summary>
    public long CellsBefore => Size.Cells(Level.Stride / Step);

    private string Own => $"layer{Stage}.{Block}.";

    private string Detectron2 => $"res{Stage + 1}.{Block}.";

    /// <summary>The convolution on the shortcut, where channels or size change.</summary>
    public IEnumerable<NamedLayer> Shortcut =>
        Step == 1 && From == Level.Channels
            ? []
            :
            [
                new(
                    "downsample",
                    new CompositeLayer(
                        new($"{Modules}Sequential", "Sequential"),
                        "shortcut",
                        Layers(
                                new ConvolutionLayer(From, Level.Channels, 1) { Stride = Step },
                                Activation.None,
                                ("downsample.0", "0"),
                                ("downsample.1", "1"),
                                "shortcut"
                            )
                            .ToEquatableArray()
                    )
                ),
            ];

    /// <summary>A convolution without a bias, and its normalisation.</summary>
    /// <param name="number">Its number in the block, from 1.</param>
    /// <param name="convolution">The convolution; places are the cells of the block's level where they are not stated.</param>
    /// <param name="activation">What follows.</param>
    public IEnumerable<NamedLayer> Normalized(int number, ConvolutionLayer convolution, Activation activation = Activation.Relu) =>
        Layers(
            convolution,
            activation,
            ($"conv{number}", $"conv{number}"),
            ($"{Norm.Key}{number}", $"{Norm.Key}{number}"),
            $"conv{number}"
        );

    /// <summary>The same of a deformable convolution, with the convolution that tells it where to sample.</summary>
    public IEnumerable<NamedLayer> Sampled(int number, DeformableLayer convolution)
    {
        var offset = new ConvolutionLayer(convolution.Inputs, convolution.SampleNumbers, convolution.Kernel)
        {
            Stride = convolution.Stride,
            Initial = InitialWeights.Normal(0),
            Places = Size.Cells(Level.Stride),
            Elsewhere = Names.Offset($"{Detectron2}conv{number}"),
        };
        return Normalized(number, convolution)
            .Select(named =>
                named.Layer is DeformableLayer own
                    ? named with
                    {
                        Layer = new CompositeLayer(
                            new($"{TypeNames.Layers}DeformableConv2d", ""),
                            own.Kind,
                            [new("", own), new("conv_offset", offset)]
                        ),
                    }
                    : named
            );
    }

    private IEnumerable<NamedLayer> Layers(
        ConvolutionLayer convolution,
        Activation activation,
        (string Whole, string Name) own,
        (string Whole, string Name) norm,
        string detectron2
    ) =>
        [
            new(
                own.Name,
                convolution with
                {
                    HasBias = false,
                    Places = convolution.Places == 0 ? Size.Cells(Level.Stride) : convolution.Places,
                    Elsewhere = Names.Convolution(Own + own.Whole, Detectron2 + detectron2),
                }
            ),
            new(
                norm.Name,
                new NormalizationLayer(Norm, convolution.Outputs)
                {
                    Activation = activation,
                    Elsewhere = Names.Norm(Own + norm.Whole, Detectron2 + detectron2),
                }
            ),
        ];
}
