using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Blocks;

/// <summary>Convolutions with or without a normalisation, which stands in for their bias: the runtime's <c>ConvolutionBlock</c>.</summary>
internal static class ConvolutionBlocks
{
    /// <summary>Its class.</summary>
    public const string Type = TypeNames.Layers + "ConvolutionBlock";

    /// <summary>One whose convolution, with what follows it, and whose normalisation are stated.</summary>
    /// <param name="convolution">Its convolution, and what it is called elsewhere.</param>
    /// <param name="norm">Its normalisation.</param>
    /// <param name="normNames">What that is called elsewhere.</param>
    public static CompositeLayer Of(ConvolutionLayer convolution, NormalizationPlan? norm, OtherNames? normNames = null)
    {
        var factory = norm is null ? "" : $", {norm.Code}";
        var activates = CSharpLiteral.Of(convolution.Activation != Activation.None);
        return new CompositeLayer(
            ObjectCode.New(Type, convolution.Code.Construction, $"activate: {activates}{factory}"),
            Kind(convolution.Kind, norm),
            norm is null
                ? [new("conv", convolution)]
                :
                [
                    new("conv", convolution with { Activation = Activation.None }),
                    new(
                        norm.Key,
                        new NormalizationLayer(norm, convolution.Outputs)
                        {
                            Activation = convolution.Activation,
                            Elsewhere = normNames ?? OtherNames.None,
                        }
                    ),
                ]
        )
        {
            Shape = convolution.Shape,
        };
    }

    /// <summary>One that others have, too: torchvision counts its layers (<c>Conv2dNormActivation</c>), detectron2 gives the norm to the convolution.</summary>
    /// <param name="convolution">Its convolution.</param>
    /// <param name="norm">Its normalisation.</param>
    /// <param name="torchvision">torchvision's name of the whole; null where it has none.</param>
    /// <param name="detectron2">detectron2's name of the convolution; null where it has none.</param>
    /// <param name="earlier">torchvision's name of the convolution before version 0.13; it had no normalisation then.</param>
    public static CompositeLayer Of(
        ConvolutionLayer convolution,
        NormalizationPlan? norm,
        string? torchvision,
        string? detectron2,
        string? earlier = null
    ) =>
        Of(
            convolution with
            {
                Elsewhere = new(Under(torchvision, "0"), detectron2) { EarlierTorchvision = norm is null ? earlier : null },
            },
            norm,
            new(Under(torchvision, "1"), Under(detectron2, "norm"))
        );

    /// <summary>The kind of one, for descriptions.</summary>
    public static string Kind(string convolution, NormalizationPlan? norm) => norm is null ? convolution : $"{convolution}, normalised";

    private static string? Under(string? module, string name) => module is null ? null : $"{module}.{name}";
}
