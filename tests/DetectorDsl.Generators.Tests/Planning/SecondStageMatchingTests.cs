using System.Text.RegularExpressions;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>Whether objects keep their best regions: mmdetection's configuration files differ by system.</summary>
public sealed partial class SecondStageMatchingTests
{
    private const string Backbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };";

    [Theory]
    [InlineData("FasterRcnn", "false")]
    [InlineData("MaskRcnn", "true")]
    [InlineData("LibraFasterRcnn", "false")]
    [InlineData("LibraMaskRcnn", "true")]
    [InlineData("PisaFasterRcnn", "false")]
    [InlineData("PisaMaskRcnn", "true")]
    [InlineData("SablFasterRcnn", "false")]
    [InlineData("CarafeFasterRcnn", "false")]
    [InlineData("CarafeMaskRcnn", "true")]
    [InlineData("GuidedAnchoringFasterRcnn", "false")]
    [InlineData("CascadeRcnn", "false", "false", "false")]
    [InlineData("CascadeMaskRcnn", "false", "false", "false")]
    [InlineData("SablCascadeRcnn", "false", "false", "false")]
    [InlineData("Htc", "true", "true", "true")]
    [InlineData("HtcLite", "true", "true", "true")]
    [InlineData("TorchvisionFasterRcnn", "false")]
    [InlineData("TorchvisionMaskRcnn", "false")]
    public void BySystem(string architecture, params string[] matched) => AssertMatched(architecture, "", matched);

    [Theory]
    [InlineData("MaskRcnn", "new StandardRoiHead { Sampler = new RandomBoxSampler(32, 0.5, AddGroundTruth: true) }", "true")]
    [InlineData("FasterRcnn", "new StandardRoiHead { Sampler = new RandomBoxSampler(32, 0.5, AddGroundTruth: true) }", "false")]
    [InlineData("MaskRcnn", "new StandardRoiHead { Assigner = new MaxIouAssigner(0.5, 0.5, 0.5, MatchLowQuality: false) }", "false")]
    [InlineData("MaskRcnn", "new Cascade { MatchLowQuality = true }", "true", "true", "true")]
    [InlineData("MaskRcnn", "new HybridTaskCascade { MatchLowQuality = false }", "false", "false", "false")]
    public void ByDeclaration(string architecture, string roiHead, params string[] matched) =>
        AssertMatched(architecture, $"public override RoiHead RoiHead => {roiHead};", matched);

    private static void AssertMatched(string architecture, string roiHead, string[] matched)
    {
        var text = Declared.Detector($"{Backbone} {roiHead}", architecture: architecture).Run().AllText;
        Assert.Equal(matched, RegionTargets().Matches(text).Select(match => match.Groups[1].Value));
    }

    [GeneratedRegex(@"RoiTargets roiTargets\d? = new\(\s*new MaxIouAssigner\([^)]*matchLowQuality: (\w+)")]
    private static partial Regex RegionTargets();
}
