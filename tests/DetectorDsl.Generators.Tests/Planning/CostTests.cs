using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>Parameters and multiply-adds that are counted at compile time, against published counts.</summary>
public partial class CostTests
{
    // torchvision's model pages, "num_params", less the classifier's (512 or 2048 inputs) x 1000 + 1000.
    [Theory]
    [InlineData(18, 11_689_512 - 513_000)]
    [InlineData(34, 21_797_672 - 513_000)]
    [InlineData(50, 25_557_032 - 2_049_000)]
    [InlineData(101, 44_549_160 - 2_049_000)]
    [InlineData(152, 60_192_808 - 2_049_000)]
    public void ParametersOfBackbones_AreTorchvisions(int depth, long expected) =>
        Assert.Equal(
            expected,
            Layer()
                .Matches(Description(depth))
                .Sum(match => long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
        );

    // The same for networks whose bottlenecks have groups.
    [Theory]
    [InlineData("ResNeXt(50)", 25_028_904 - 2_049_000)]
    [InlineData("ResNeXt(101, 64)", 83_455_272 - 2_049_000)]
    [InlineData("ResNeXt(101, WidthPerGroup: 8)", 88_791_336 - 2_049_000)]
    [InlineData("ResNet(50, WidthPerGroup: 128)", 68_883_240 - 2_049_000)]
    public void ParametersOfBackbonesInGroups_AreTorchvisions(string backbone, long expected) =>
        Assert.Equal(expected, BackboneParameters(backbone));

    // Worked out by hand: C3 to C5 have 4, 6 and 3 blocks of 128, 256 and 512 channels; a 3x3 convolution to 18 or 27 channels with a bias in each.
    [Theory]
    [InlineData("DeformableConvolution()", 27 * ((4 * ((128 * 9) + 1)) + (6 * ((256 * 9) + 1)) + (3 * ((512 * 9) + 1))))]
    [InlineData("DeformableConvolution(Modulated: false) { FirstStage = 5 }", 18 * 3 * ((512 * 9) + 1))]
    [InlineData(
        "DeformableConvolution(Groups: 4) { FirstStage = 2 }",
        4 * 27 * ((3 * ((64 * 9) + 1)) + (4 * ((128 * 9) + 1)) + (6 * ((256 * 9) + 1)) + (3 * ((512 * 9) + 1)))
    )]
    public void PlacesOfDeformableConvolutions_AreParameters(string deformable, long expected) =>
        Assert.Equal(25_557_032 - 2_049_000 + expected, BackboneParameters($"ResNet(50) {{ Deformable = new {deformable} }}"));

    // The same pages, "GFLOPS" (multiply-adds at 224 x 224). The difference of two backbones with the same outputs leaves out all that is not backbone.
    [Theory]
    [InlineData(18, 34, 3.664 - 1.814)]
    [InlineData(50, 101, 7.801 - 4.089)]
    [InlineData(50, 152, 11.514 - 4.089)]
    public void MultiplyAddsOfBackbones_AreTorchvisions(int depth, int deeper, double expected) =>
        Assert.Equal(expected, (Number("MultiplyAdds", Description(deeper)) - Number("MultiplyAdds", Description(depth))) / 1e9, 0.004);

    [Theory]
    [InlineData("ResNeXt(50)", 4.23 - 4.089)]
    [InlineData("ResNeXt(101, WidthPerGroup: 8)", 16.414 - 4.089)]
    public void MultiplyAddsOfBackbonesInGroups_AreTorchvisions(string backbone, double expected) =>
        Assert.Equal(expected, (Number("MultiplyAdds", DescriptionOf(backbone)) - Number("MultiplyAdds", Description(50))) / 1e9, 0.004);

    // torchvision's maskrcnn_resnet50_fpn: 44,401,393 with 91 outputs, background among them, in all branches, and batch norms that are not parameters.
    // Here 90 classes: a box and a mask for the background are not there (4 x 1,025 and 257), the backbone's 53,120 batch norm parameters are.
    [Fact]
    public void ParametersOfMaskRcnn_AreTorchvisions() =>
        Assert.Equal(44_401_393 - (4 * 1_025) - 257 + 53_120, Number("Parameters", Description(50, classes: 90)));

    // num_params of torchvision's weights: of 91 outputs, from which the background's go (a box of 4 x 1,025, a mask of 257); frozen batch norms are no parameters there.
    [Theory]
    [InlineData("TorchvisionMaskRcnn", 90, 44_401_393 - (4 * 1_025) - 257 + 53_120)]
    [InlineData("TorchvisionMaskRcnnV2", 90, 46_359_409 - (4 * 1_025) - 257)]
    [InlineData("TorchvisionFasterRcnn", 90, 41_755_286 - (4 * 1_025) + 53_120)]
    [InlineData("TorchvisionFasterRcnnV2", 90, 43_712_278 - (4 * 1_025))]
    [InlineData("TorchvisionRetinaNet", 91, 34_014_999 + 53_120)]
    [InlineData("TorchvisionRetinaNetV2", 91, 38_198_935)]
    [InlineData("TorchvisionFcos", 91, 32_269_600 + 53_120)]
    public void ParametersOfTorchvisionsPresets_AreTorchvisions(string preset, int classes, long expected) =>
        Assert.Equal(expected, Number("Parameters", DescriptionOf(preset, classes, "", "")));

    // Worked out by hand: (inputs x kernel^2 + 1) x outputs of each layer; C = 3 classes, 3 anchors at each place.
    [Theory]
    [InlineData("neck.p2", ((256 + 1) * 256) + (((256 * 9) + 1) * 256))]
    [InlineData("neck.p3", ((512 + 1) * 256) + (((256 * 9) + 1) * 256))]
    [InlineData("neck.p4", ((1024 + 1) * 256) + (((256 * 9) + 1) * 256))]
    [InlineData("neck.p5", ((2048 + 1) * 256) + (((256 * 9) + 1) * 256))]
    [InlineData("neck.p6", 0)]
    [InlineData("rpn_head.rpn_conv", ((256 * 9) + 1) * 256)]
    [InlineData("rpn_head.rpn_cls", (256 + 1) * 3)]
    [InlineData("rpn_head.rpn_reg", (256 + 1) * 4 * 3)]
    [InlineData("roi_head.bbox_head.shared_fcs.0", ((256 * 7 * 7) + 1) * 1024)]
    [InlineData("roi_head.bbox_head.shared_fcs.1", (1024 + 1) * 1024)]
    [InlineData("roi_head.bbox_head.fc_cls", (1024 + 1) * 4)]
    [InlineData("roi_head.bbox_head.fc_reg", (1024 + 1) * 4 * 3)]
    [InlineData("roi_head.mask_head.convs.3", ((256 * 9) + 1) * 256)]
    [InlineData("roi_head.mask_head.upsample", ((256 * 4) + 1) * 256)]
    [InlineData("roi_head.mask_head.conv_logits", (256 + 1) * 3)]
    public void ParametersOfALayer_AreThoseWorkedOutByHand(string layer, long expected) =>
        Assert.Equal(
            expected,
            long.Parse(
                Regex.Match(Description(50), $@"<term>{Regex.Escape(layer)}</term><description>.*?([\d,]+)</description>").Groups[1].Value,
                NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture
            )
        );

    // Worked out by hand: 256 channels, 4 groups of shifts.
    [Theory]
    [InlineData("rpn_head.rpn_conv", ((256 * 9) + 1) * 256)]
    [InlineData("rpn_head.conv_loc", 257)]
    [InlineData("rpn_head.conv_shape", 2 * 257)]
    [InlineData("rpn_head.feature_adaption.conv_offset", 2 * 4 * 18)]
    [InlineData("rpn_head.feature_adaption.conv_adaption", 256 * 9 * 256)]
    [InlineData("rpn_head.conv_cls", 257)]
    [InlineData("rpn_head.conv_reg", 4 * 257)]
    public void ParametersOfGuidedAnchors_AreThoseWorkedOutByHand(string layer, long expected) =>
        Assert.Equal(
            expected,
            long.Parse(
                Regex
                    .Match(
                        Description(50, members: "public override ProposalHead ProposalHead => new GuidedAnchorRpn();"),
                        $@"<term>{Regex.Escape(layer)}</term><description>.*?([\d,]+)</description>"
                    )
                    .Groups[1]
                    .Value,
                NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture
            )
        );

    // At 224 x 224 the levels have 56^2, 28^2, 14^2, 7^2 and 4^2 cells; 1,000 proposals and 100 detections are the limits. What is left is the backbone's:
    // torchvision's 4.089 G for ResNet-50 less the classifier's 2,048 x 1,000.
    [Fact]
    public void MultiplyAddsOfMaskRcnn_AreThoseWorkedOutByHand()
    {
        const long finest = 56 * 56,
            fine = 28 * 28,
            coarse = 14 * 14,
            coarsest = 7 * 7,
            extra = 4 * 4;
        const long neck =
            (256 * ((256 * finest) + (512 * fine) + (1024 * coarse) + (2048 * coarsest)))
            + (256 * 9 * 256 * (finest + fine + coarse + coarsest));
        const long proposals = ((256 * 9 * 256) + (256 * 3) + (256 * 12)) * (finest + fine + coarse + coarsest + extra);
        const long boxes = 1000L * ((256 * 49 * 1024) + (1024 * 1024) + (1024 * 4) + (1024 * 12));
        const long masks = 100L * ((4 * 256 * 9 * 256 * 196) + (256 * 4 * 256 * 196) + (256 * 3 * 784));
        Assert.Equal(4.089 - 0.002048, (Number("MultiplyAdds", Description(50)) - neck - proposals - boxes - masks) / 1e9, 0.0005);
    }

    // The third level has 14^2 cells: four 1x1 convolutions, the products of all pairs of cells, and the means by them.
    [Fact]
    public void CostsOfABalancedPyramid_AreThoseWorkedOutByHand()
    {
        const long cells = 14 * 14;
        var balanced = Description(50, members: "public override Neck Neck => new BalancedFeaturePyramid();");
        Assert.Equal(4 * (256 + 1) * 256, Number("Parameters", balanced) - Number("Parameters", Description(50)));
        Assert.Equal(
            (4 * 256 * 256 * cells) + (2 * cells * cells * 256),
            Number("MultiplyAdds", balanced) - Number("MultiplyAdds", Description(50))
        );
        var convolved = Description(
            50,
            members: "public override Neck Neck => new BalancedFeaturePyramid { Refinement = new ConvolutionRefinement() };"
        );
        Assert.Equal(((256 * 9) + 1) * 256, Number("Parameters", convolved) - Number("Parameters", Description(50)));
        Assert.Equal(256 * 9 * 256 * cells, Number("MultiplyAdds", convolved) - Number("MultiplyAdds", Description(50)));
    }

    // The fifth level's two convolutions, and between each two levels compression to 64 channels, the encoder to 2^2 x 5^2, and the sums over 5^2 cells.
    [Fact]
    public void CostsOfAPyramidWithCarafe_AreThoseWorkedOutByHand()
    {
        const long fine = 28 * 28,
            coarse = 14 * 14,
            coarsest = 7 * 7,
            extra = 4 * 4;
        var enlarged = Description(50, members: "public override Neck Neck => new CarafeFpn();");
        Assert.Equal(
            (((2048 * 9) + 1 + (256 * 9) + 1) * 256) + (4 * (((256 + 1) * 64) + (((64 * 9) + 1) * 100))),
            Number("Parameters", enlarged) - Number("Parameters", Description(50))
        );
        Assert.Equal(
            (((2048 * 9) + (256 * 9)) * 256 * extra) + (((256 * 64) + (64 * 9 * 100) + (100 * 256)) * (fine + coarse + coarsest + extra)),
            Number("MultiplyAdds", enlarged) - Number("MultiplyAdds", Description(50))
        );
    }

    // mmdetection's own model for 1,203 classes, summed over its parameters: running statistics and counts are none.
    [SkippableFact]
    public void ParametersOfTheFullSeesawModel_AreMmdetections()
    {
        var tensors = JsonDocument
            .Parse(SharedData.Read("vectors/state_dicts/mmdetection_mask_rcnn_r50_fpn_seesaw_1203.json"))
            .RootElement.GetProperty("tensors");
        var parameters = tensors
            .EnumerateArray()
            .Where(tensor =>
                tensor.GetProperty("name").GetString()!.EndsWith(".weight", StringComparison.Ordinal)
                || tensor.GetProperty("name").GetString()!.EndsWith(".bias", StringComparison.Ordinal)
            );
        Assert.Equal(
            parameters.Sum(tensor =>
                tensor.GetProperty("shape").EnumerateArray().Aggregate(1L, (product, side) => product * side.GetInt64())
            ),
            Number(
                "Parameters",
                Description(
                    50,
                    classes: 1203,
                    members: """
                    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };
                    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
                    """
                )
            )
        );
    }

    private static long BackboneParameters(string backbone) =>
        Layer()
            .Matches(DescriptionOf(backbone))
            .Sum(match => long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    private static string Description(int depth, int classes = 3, string members = "") =>
        DescriptionOf($"ResNet(Depth: {depth})", classes, members);

    private static string DescriptionOf(string backbone, int classes = 3, string members = "") =>
        DescriptionOf(
            "MaskRcnn",
            classes,
            $"public override Backbone Backbone => new {backbone}; {members}",
            "public override Preprocessing Preprocessing => new() { ShortSide = 224, LongSide = 224 };"
        );

    private static string DescriptionOf(string architecture, int classes, string members, string preprocessing)
    {
        var names = string.Join(", ", Enumerable.Range(1, classes).Select(id => $$"""{"id": {{id}}, "name": "class{{id}}"}"""));
        return GeneratorTest
            .Of(
                $$"""
                using DetectorDsl;
                [CategorySet("classes.json")] public static partial class Classes;
                [Detector, Categories(typeof(Classes))]
                public partial record D : {{architecture}}
                {
                    {{members}}
                    {{preprocessing}}
                }
                """
            )
            .WithFile("classes.json", $$"""{"categories": [{{names}}]}""")
            .WithRuntime()
            .Run()["D.Description.g.cs"];
    }

    private static long Number(string name, string description) =>
        long.Parse(Regex.Match(description, $"long\\? {name} => (\\d+)L;").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<term>backbone\.[^<]*</term><description>.*?([\d,]+)</description>")]
    private static partial Regex Layer();
}
