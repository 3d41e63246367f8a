using System.Globalization;
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
    public void ParametersOfTrunks_AreTorchvisions(int depth, long expected) =>
        Assert.Equal(expected, Layer().Matches(Description(depth)).Sum(match => long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));

    // The same pages, "GFLOPS" (multiply-adds at 224 x 224). The difference of two trunks with the same outputs leaves out all that is not trunk.
    [Theory]
    [InlineData(18, 34, 3.664 - 1.814)]
    [InlineData(50, 101, 7.801 - 4.089)]
    [InlineData(50, 152, 11.514 - 4.089)]
    public void MultiplyAddsOfTrunks_AreTorchvisions(int depth, int deeper, double expected) =>
        Assert.Equal(expected, (Number("MultiplyAdds", Description(deeper)) - Number("MultiplyAdds", Description(depth))) / 1e9, 0.004);

    // torchvision's maskrcnn_resnet50_fpn: 44,401,393 with 91 outputs, background among them, in all branches, and batch norms that are not parameters.
    // Here 90 classes: a box and a mask for the background are not there (4 x 1,025 and 257), the trunk's 53,120 batch norm parameters are.
    [Fact]
    public void ParametersOfMaskRcnn_AreTorchvisions() => Assert.Equal(44_401_393 - (4 * 1_025) - 257 + 53_120, Number("Parameters", Description(50, classes: 90)));

    private static string Description(int depth, int classes = 3)
    {
        var names = string.Join(", ", Enumerable.Range(1, classes).Select(id => $$"""{"id": {{id}}, "name": "class{{id}}"}"""));
        return GeneratorTest.Of($$"""
            using DetectorDsl;
            [CategorySet("classes.json")] public static partial class Classes;
            [Detector, Categories(typeof(Classes))]
            public partial record D : MaskRcnn
            {
                public override Backbone Backbone => new ResNet(Depth: {{depth}});
                public override Preprocessing Preprocessing => new() { ShortSide = 224, LongSide = 224 };
            }
            """).WithFile("classes.json", $$"""{"categories": [{{names}}]}""").WithRuntime().Run()["D.Description.g.cs"];
    }

    private static long Number(string name, string description) =>
        long.Parse(Regex.Match(description, $"long\\? {name} => (\\d+)L;").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<term>backbone\.[^<]*</term><description>.*?([\d,]+)</description>")]
    private static partial Regex Layer();
}
