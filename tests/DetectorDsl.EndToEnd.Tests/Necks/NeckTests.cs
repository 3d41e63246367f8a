using System.Text.Json;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Necks;

/// <summary>Generated necks against those of mmdetection.</summary>
[Collection(TorchCollection.Name)]
public sealed class NeckTests
{
    // Odd sizes: on three of the four steps down the enlarged map is cut.
    [Fact]
    public void ThePyramidWithCarafe_IsMmdetections()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Necks/carafe_fpn.json"));
        var expected = JsonSerializer.Deserialize<JsonElement>(file);
        using var neck = new TinyCarafeMaskRcnnNeck();
        using var scope = NewDisposeScope();
        long[][] shapes =
        [
            [1, 8, 9, 10],
            [1, 16, 5, 5],
            [1, 32, 3, 3],
            [1, 64, 2, 2],
        ];
        Tensor[] maps = [.. shapes.Select((shape, level) => Filling.Fill(2400 + level, shape, -1, 1))];
        PublishedModule.Check(expected, neck, 0.2, maps, neck.call, "CARAFE pyramid");
    }

    // mmdetection's list of necks numbers them.
    [Fact]
    public void ABalancedPyramid_IsTheSecondNeck()
    {
        using var model = new TinyLibraMaskRcnnModel();
        string[] layers =
        [
            .. model.Neck.state_dict().Keys.Select(key => key[..key.LastIndexOf('.')]).Distinct().Order(StringComparer.Ordinal),
        ];
        string[] expected =
        [
            .. Enumerable.Range(0, 4).Select(level => $"0.fpn_convs.{level}.conv"),
            .. Enumerable.Range(0, 4).Select(level => $"0.lateral_convs.{level}.conv"),
            "1.refine.conv_out.conv",
            "1.refine.g.conv",
            "1.refine.phi.conv",
            "1.refine.theta.conv",
        ];
        Assert.Equal(expected, layers);
    }

    // mmdetection's names: fcn_mask_head.py, upsample, with mmcv's CARAFEPack in it.
    [Fact]
    public void CarafeInTheMaskHead_HasItsTwoConvolutions()
    {
        using var head = new TinyCarafeMaskRcnnMaskHead();
        string[] upsampling = [.. ReferenceModels.Tensors(head).Where(line => line.StartsWith("upsample", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "upsample.channel_compressor.bias [8] float32",
                "upsample.channel_compressor.weight [8, 8, 1, 1] float32",
                "upsample.content_encoder.bias [100] float32",
                "upsample.content_encoder.weight [100, 8, 3, 3] float32",
            ],
            upsampling
        );
    }
}
