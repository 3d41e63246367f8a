using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights.Naming;

public sealed class NamedWeightsTests : IDisposable
{
    private static readonly ModelNames Names = new(
        [1, 2],
        [123.675, 116.28, 103.53],
        [58.395, 57.12, 57.375],
        [
            new("backbone.conv1", "backbone.body.conv1", "backbone.bottom_up.stem.conv1") { TakesPixels = true },
            new("backbone.bn1", "backbone.body.bn1", "backbone.bottom_up.stem.conv1.norm"),
            new("rpn_head.rpn_conv", "rpn.head.conv.0.0", "proposal_generator.rpn_head.conv") { EarlierTorchvision = "rpn.head.conv" },
            new("roi_head.fc_cls", "roi_heads.cls_score", "roi_heads.cls_score")
            {
                TorchvisionRows = new BackgroundFirst(1, keepsBackground: true),
                IsPerClass = true,
            },
        ]
    );

    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public NamedWeightsTests() => path = folder.File("w.safetensors");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mmdetection", "mmdetection's names", "backbone.conv1.weight", "rpn_head.rpn_conv.bias")]
    [InlineData("torchvision", "torchvision's names", "backbone.body.conv1.weight", "rpn.head.conv.0.0.bias")]
    [InlineData("torchvision", "torchvision's names", "backbone.body.conv1.weight", "rpn.head.conv.bias")]
    [InlineData("detectron2", "detectron2's names", "backbone.bottom_up.stem.conv1.weight", "proposal_generator.rpn_head.conv.bias")]
    public void NamesAreRecognised(string naming, string title, string convolution, string bias)
    {
        Write((convolution, [1]), (bias, [1]), ("other", [1]));
        var file = NamedWeights.Open(new WeightsSource(path), Names);
        Assert.Equal((naming, title), (file.Naming.Name, file.Title));
        Assert.Equal(["backbone.conv1.weight", "other", "rpn_head.rpn_conv.bias"], file.TensorNames);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("module._orig_mod.")]
    [InlineData("_orig_mod.module.")]
    [InlineData("model.")]
    [InlineData("model._orig_mod.module.")]
    [InlineData("module.module.")]
    [InlineData("student.")]
    [InlineData("detector.wrapped.net.")]
    public void PrefixesAreTakenOff_UntilNamesFit(string prefix)
    {
        foreach (
            var (convolution, bias, naming) in new[]
            {
                ("backbone.conv1.weight", "rpn_head.rpn_conv.bias", "mmdetection"),
                ("backbone.body.conv1.weight", "rpn.head.conv.bias", "torchvision"),
            }
        )
        {
            Write((prefix + convolution, [1]), (prefix + bias, [1]), (prefix + "own.scale", [1]), ("n_averaged", []));
            var file = NamedWeights.Open(new WeightsSource(path), Names);
            Assert.Equal(naming, file.Naming.Name);
            Assert.Equal(["backbone.conv1.weight", "own.scale", "rpn_head.rpn_conv.bias"], file.TensorNames);
            Assert.Contains(file.Remarks, remark => remark.Contains("taken o", StringComparison.Ordinal));
            using var value = file.Read("backbone.conv1.weight");
            Assert.Equal([0], Expect.Values(value));
        }
    }

    [Fact]
    public void MarksWithinNames_AreTakenOut()
    {
        Write(("backbone._orig_mod.conv1.weight", [1]), ("rpn_head._fsdp_wrapped_module.rpn_conv._checkpoint_wrapped_module.bias", [1]));
        Assert.Equal(["backbone.conv1.weight", "rpn_head.rpn_conv.bias"], NamedWeights.Open(new WeightsSource(path), Names).TensorNames);
    }

    [Fact]
    public void ABackbonesPrefix_IsTakenOff_Too()
    {
        Write(("encoder.body.conv1.weight", [1]), ("encoder.body.bn1.running_mean", [1]), ("encoder.head.bias", [1]));
        Assert.Contains("backbone.conv1.weight", NamedWeights.Open(new WeightsSource(path), Names).TensorNames);
    }

    [Fact]
    public void TeacherAndStudent_AreToldApartByAKey()
    {
        Write(("teacher.backbone.conv1.weight", [1]), ("student.backbone.conv1.weight", [2]));
        var message = Assert.Throws<WeightsException>(() => NamedWeights.Open(new WeightsSource(path), Names)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("--key student or --key teacher", message, StringComparison.Ordinal);
        Assert.Equal(
            [2L],
            NamedWeights.Open(new WeightsSource(path) { Key = "student" }, Names).Describe("backbone.conv1.weight").Shape.AsEnumerable()
        );
        Assert.Contains(
            "'student', 'teacher'",
            Assert.Throws<WeightsException>(() => NamedWeights.Open(new WeightsSource(path) { Key = "ema" }, Names)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void NamesThatFit_KeepTheirPrefix()
    {
        Write(("backbone.conv1.weight", [1]), ("backbone.bn1.weight", [1]), ("copy.backbone.conv1.weight", [1]));
        var file = NamedWeights.Open(new WeightsSource(path), Names);
        Assert.Empty(file.Remarks);
        Assert.Equal(["backbone.bn1.weight", "backbone.conv1.weight", "copy.backbone.conv1.weight"], file.TensorNames);
    }

    [Theory]
    [InlineData("conv1.weight", "bn1.running_mean", "mmdetection")]
    [InlineData("stem.conv1.weight", "stem.conv1.norm.running_mean", "detectron2")]
    public void ABackboneAlone_HasItsPlace(string convolution, string mean, string naming)
    {
        Write((convolution, [1]), (mean, [1]), ("fc.bias", [1]));
        var file = NamedWeights.Open(new WeightsSource(path), Names);
        Assert.Equal(naming, file.Naming.Name);
        Assert.Contains("a backbone's names alone", file.Title, StringComparison.Ordinal);
        Assert.Equal(["backbone.bn1.running_mean", "backbone.conv1.weight", "backbone.fc.bias"], file.TensorNames);
    }

    [Fact]
    public void NamesThatAreForced_AreTaken_OrRefusedWhereNoneFits()
    {
        Write(("backbone.conv1.weight", [1]));
        Assert.Equal("mmdetection", NamedWeights.Open(new WeightsSource(path) { Naming = NamingScheme.Mmdetection }, Names).Naming.Name);
        var message = Assert
            .Throws<WeightsException>(() => NamedWeights.Open(new WeightsSource(path) { Naming = NamingScheme.Detectron2 }, Names))
            .Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("Leave --naming out", message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsOfTorchvision_TakeTheModelsOrder()
    {
        using var scope = NewDisposeScope();
        Write(("backbone.body.conv1.bias", [1]), ("roi_heads.cls_score.bias", [3]));
        var file = NamedWeights.Open(new WeightsSource(path), Names);
        Assert.Equal([3L], file.Describe("roi_head.fc_cls.bias").Shape.ToArray());
        Assert.Equal([1, 2, 0], Expect.Values(file.Read("roi_head.fc_cls.bias")));
        var target = zeros(3);
        file.CopyTo("roi_head.fc_cls.bias", target);
        Assert.Equal([1, 2, 0], Expect.Values(target));
    }

    // What a convolution makes of Caffe's pixels with the file's weights, it makes of ours with the converted ones, borders included.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CaffesPixels_AreConvertedExactly(bool stated)
    {
        using var scope = NewDisposeScope();
        var image = Filling.Fill(1, [1, 3, 9, 9], 0, 255);
        var weight = Filling.Fill(2, [4, 3, 3, 3], -1, 1);
        var caffe = nn.functional.conv2d(image.flip(1) - tensor(new[] { 103.53, 116.28, 123.675 }, [1, 3, 1, 1]), weight, padding: [1, 1]);
        List<KeyValuePair<string, Tensor>> tensors = [new("backbone.bottom_up.stem.conv1.weight", weight)];
        if (stated)
        {
            tensors.Add(new("pixel_mean", tensor(new[] { 103.53, 116.28, 123.675 }, [3, 1, 1])));
            tensors.Add(new("pixel_std", ones(3, 1, 1)));
        }

        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>());
        var file = NamedWeights.Open(new WeightsSource(path) { HasCaffePixels = !stated }, Names);
        Assert.Equal(["backbone.conv1.weight"], file.TensorNames);
        var ours =
            (image - tensor(new[] { 123.675, 116.28, 103.53 }, [1, 3, 1, 1])) / tensor(new[] { 58.395, 57.12, 57.375 }, [1, 3, 1, 1]);
        Expect.Close(caffe, nn.functional.conv2d(ours, file.Read("backbone.conv1.weight"), padding: [1, 1]), 1e-9, 1e-9, "convolution");
    }

    [Fact]
    public void AnotherMean_IsNotConverted()
    {
        Write(("backbone.bottom_up.stem.conv1.bias", [1]));
        var other = Names with { Mean = [127.5, 127.5, 127.5] };
        Assert.Contains(
            "Declare that mean",
            Assert.Throws<WeightsException>(() => NamedWeights.Open(new WeightsSource(path) { HasCaffePixels = true }, other)).Message,
            StringComparison.Ordinal
        );
        Write(("backbone.bottom_up.stem.conv1.bias", [1]), ("pixel_mean", [3]), ("pixel_std", [3]));
        Assert.Contains(NamedWeights.Open(new WeightsSource(path), Names).Remarks, remark =>
            remark.Contains("detectron2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void ABackboneTakesItsWeights_OrSaysThatThereAreNone()
    {
        using var scope = NewDisposeScope();
        using var backbone = nn.Sequential(("conv1", nn.Conv2d(3, 2, 1, bias: false)), ("bn1", nn.BatchNorm2d(2)));
        SafetensorsFile.Write(
            path,
            [
                new("stem.conv1.weight", ones(2, 3, 1, 1)),
                new("stem.conv1.norm.weight", ones(2)),
                new("stem.conv1.norm.bias", ones(2)),
                new("stem.conv1.norm.running_mean", ones(2)),
                new("stem.conv1.norm.running_var", ones(2)),
            ],
            new Dictionary<string, string>()
        );
        var report = StateDict.LoadBackbone(backbone, path, Names);
        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal([1, 1], Expect.Values(backbone.state_dict()["bn1.running_mean"]));
        Write(("something", [2]));
        var message = Assert.Throws<WeightsException>(() => StateDict.LoadBackbone(backbone, path, Names)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("'something'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatATranslationWrites_IsReadBack()
    {
        using var scope = NewDisposeScope();
        Write(("backbone.conv1.bias", [2]), ("roi_head.fc_cls.bias", [3]), ("own.bias", [1]));
        var translation = Translation.Of(NamedWeights.Open(new WeightsSource(path), Names), Names, NamingScheme.Torchvision);
        Assert.Equal(["own.bias"], translation.LeftOut.ToArray());
        Assert.Equal(["backbone.body.conv1.bias", "roi_heads.cls_score.bias"], translation.Tensors.Select(pair => pair.Key));
        Assert.Equal([2, 0, 1], Expect.Values(translation.Tensors[1].Value));
        SafetensorsFile.Write(path, translation.Tensors, new Dictionary<string, string>());
        Assert.Equal([0, 1, 2], Expect.Values(NamedWeights.Open(new WeightsSource(path), Names).Read("roi_head.fc_cls.bias")));
    }

    private void Write(params (string Name, long[] Shape)[] tensors)
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            path,
            [
                .. tensors.Select(item =>
                    KeyValuePair.Create(
                        item.Name,
                        arange(item.Shape.Aggregate(1L, (product, side) => product * side), ScalarType.Float32).reshape(item.Shape)
                    )
                ),
            ],
            new Dictionary<string, string>()
        );
    }
}
