using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Guided anchors at inference: only places that are likely to hold an object have one.</summary>
[Collection(TorchCollection.Name)]
public sealed class GuidedAnchorTests
{
    private static readonly ImageShape[] Shapes = [new(1, 96, 96, 96, 96), new(2, 90, 64, 90, 64)];

    [Theory]
    [InlineData(-20, 0)]
    [InlineData(20, 10)]
    public void OfTwoStages(double bias, int found)
    {
        using var scope = NewDisposeScope();
        using var model = new GuidedCascadeMaskRcnnModel();
        Set(model, "rpn_head.conv_loc.bias", bias);
        Assert.All(model.Detect(randn(2, 3, 96, 96), Shapes, new GuidedCascadeMaskRcnnOptions()), image =>
            Assert.Equal(found, image.Count)
        );
    }

    [Theory]
    [InlineData(-20, 0)]
    [InlineData(20, 10)]
    public void OfOneStage(double bias, int found)
    {
        using var scope = NewDisposeScope();
        using var model = new GuidedRetinaNetModel();
        Set(model, "bbox_head.conv_loc.bias", bias);
        Assert.All(model.Detect(randn(2, 3, 96, 96), Shapes, new GuidedRetinaNetOptions()), image => Assert.Equal(found, image.Count));
    }

    private static void Set(nn.Module model, string bias, double value)
    {
        model.eval();
        using var untracked = no_grad();
        model.state_dict()[bias].fill_(value);
    }
}
