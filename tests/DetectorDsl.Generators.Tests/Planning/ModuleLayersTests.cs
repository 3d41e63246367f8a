using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>What follows from a module's list of layers.</summary>
public class ModuleLayersTests
{
    private static readonly NormalizationPlan Batch = new("norm", "bn", NeedsWeights: false, HasStatistics: true);

    public static TheoryData<string, string> Constructions =>
        new()
        {
            { Code(new ConvolutionLayer(8, 16, 3)), "Initialize.KaimingConvolution(8, 16, kernel: 3, bias: true)" },
            { Code(new ConvolutionLayer(8, 16, 3) { HasBias = false }), "Initialize.KaimingConvolution(8, 16, kernel: 3)" },
            {
                Code(
                    new ConvolutionLayer(8, 16, 3)
                    {
                        Initial = InitialWeights.Xavier,
                        Stride = 2,
                        HasBias = false,
                    }
                ),
                "Initialize.XavierConvolution(8, 16, kernel: 3, stride: 2, bias: false)"
            },
            {
                Code(
                    new ConvolutionLayer(8, 16, 3)
                    {
                        Groups = 4,
                        Stride = 2,
                        HasBias = false,
                    }
                ),
                "Initialize.KaimingConvolution(8, 16, kernel: 3, stride: 2, groups: 4)"
            },
            {
                Code(new ConvolutionLayer(8, 1, 1) { Initial = InitialWeights.Normal(0.01, prior: 0.02) }),
                "Initialize.NormalConvolution(8, 1, kernel: 1, std: 0.01, prior: 0.02)"
            },
            { Code(new ConvolutionLayer(8, 8, new Window(1, 3))), "Initialize.KaimingConvolution(8, 8, (1, 3))" },
            {
                Code(new PredictionLayer(8, 80) { Initial = InitialWeights.Normal(0.01, prior: 0.02) }),
                "new PredictionConvolution(8, 80, std: 0.01, prior: 0.02)"
            },
            { Code(new LinearLayer(8, 4) { Initial = InitialWeights.Normal(0.001) }), "Initialize.NormalLinear(8, 4, std: 0.001)" },
            { Code(new LinearLayer(8, 4) { Initial = InitialWeights.Xavier }), "Initialize.XavierLinear(8, 4)" },
            { Code(new TransposedLayer(8, 4)), "Initialize.KaimingUpsampling(8, 4)" },
            { Code(new StretchingLayer(8, 2)), "Initialize.KaimingStretching(8, ratio: 2)" },
            {
                Code(ConvolutionBlocks.Of(new ConvolutionLayer(8, 16, 3) { HasBias = false, Activation = Activation.Relu }, Batch)),
                "new ConvolutionBlock(Initialize.KaimingConvolution(8, 16, kernel: 3), activate: true, norm)"
            },
        };

    [Theory]
    [MemberData(nameof(Constructions))]
    public void ALayer_IsMadeAsStated(string code, string expected) => Assert.Equal(expected, code);

    [Fact]
    public void AList_NamesLayersByTheirPlaces()
    {
        var layers = Blocks();
        Assert.Equal(
            ["head.convs.0.conv", "head.convs.0.bn", "head.convs.1.conv", "head.convs.1.bn", "head.last"],
            layers.Leaves.Select(leaf => leaf.Name)
        );
        Assert.Equal(["lib.0.0", "lib.0.1", "lib.1.0", "lib.1.1", null], layers.Leaves.Select(leaf => leaf.Layer.Elsewhere.Torchvision));
        Assert.Equal(["d.0", "d.0.norm", "d.1", "d.1.norm", null], layers.Leaves.Select(leaf => leaf.Layer.Elsewhere.Detectron2));
    }

    // By hand: 8 x 4 x 9 weights, 8 scales and shifts; statistics are no parameters. The weights are applied at 100 places.
    [Fact]
    public void ARow_CountsWhatItsLayersHold()
    {
        var row = Blocks().Rows.First();
        Assert.Equal(("head.convs.0", "3x3 convolution, stride 2, normalised", "shape"), (row.Name, row.Kind, row.Shape));
        Assert.Equal((8 * 4 * 9) + 16, row.Parameters);
        Assert.Equal(8 * 4 * 9 * 100, row.MultiplyAdds);
        Assert.Equal(
            ["conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"],
            row.Tensors.Select(tensor => tensor.Name["head.convs.0.".Length..])
        );
    }

    [Fact]
    public void ALoss_IsNoLayer()
    {
        var layers = Blocks();
        Assert.DoesNotContain(layers.Rows, row => row.Name == "head.loss_cls");
        Assert.DoesNotContain(layers.Leaves, leaf => leaf.Name == "head.loss_cls");
        Assert.Equal(["head.loss_cls.counts"], layers.Losses.Single().Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void ARowOfSeveral_StandsForTheseAlone()
    {
        var row = Blocks().Row("both", "two", "", "convs.1", "last");
        Assert.Equal("head.both", row.Name);
        Assert.Equal((8 * 8 * 9) + 16 + (8 * 2) + 2, row.Parameters);
        Assert.Throws<InvalidOperationException>(() => Blocks().Row("both", "two", "", "convs.2"));
    }

    [Fact]
    public void AModuleOfOnesOwn_LeavesItsRowUnknown()
    {
        var row = new OwnLayer(new ObjectCode("Mine", "new Mine()"), "Mine").Rows("head.mine").Single();
        Assert.False(row.IsKnown);
        Assert.Equal((0, 0), (row.Parameters, row.MultiplyAdds));
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(7, 1, 3, 3)]
    [InlineData(3, 2, 2, 2)]
    public void Padding_KeepsTheSize(int kernel, int dilation, int height, int width) =>
        Assert.Equal(new Window(height, width), new ConvolutionLayer(8, 8, kernel) { Dilation = dilation }.Padding);

    [Fact]
    public void ADeformableConvolution_IsToldTwoOrThreeNumbersForEachTap()
    {
        Assert.Equal(2 * 9 * 4, new DeformableLayer(8, 8, 3, OffsetGroups: 4).SampleNumbers);
        Assert.Equal(3 * 9, new DeformableLayer(8, 8, 3, OffsetGroups: 1) { IsModulated = true }.SampleNumbers);
    }

    [Fact]
    public void ThePrintedStructure_HasAFieldForWhatNoPropertyHolds()
    {
        var code = Blocks().Code;
        Assert.Equal(["convs", "last", "loss_cls"], code.Registrations.Select(registration => registration.Name));
        Assert.Equal(["convs", "last"], code.Fields.Select(registration => registration.Name));
        Assert.Equal("ClassificationLoss", code.Registrations[2].Target);
    }

    private static ModuleLayers Blocks() =>
        new(
            "head",
            [
                LayerField.List("convs", ConvolutionBlocks.Type, [Block(0), Block(1)]),
                LayerField.Of("last", new LinearLayer(8, 2) { Places = 1 }),
                LayerField.Property(
                    "loss_cls",
                    "ClassificationLoss",
                    new LossLayer(
                        new ObjectCode("Loss", "new Loss()"),
                        "Loss",
                        [Generators.Planning.Shapes.StateTensor.Counts("counts", 3)]
                    )
                ),
            ]
        );

    private static CompositeLayer Block(int index) =>
        ConvolutionBlocks.Of(
            new ConvolutionLayer(index == 0 ? 4 : 8, 8, 3)
            {
                HasBias = false,
                Stride = 2,
                Places = 100,
                Shape = "shape",
            },
            Batch,
            $"lib.{index}",
            $"d.{index}"
        );

    private static string Code(Layer layer) => layer.Code.Construction.Replace(TypeNames.Layers, "", StringComparison.Ordinal);
}
