using System.Collections.Immutable;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Weights under torchvision's and detectron2's names, in whole models and on the command line.</summary>
[Collection(TorchCollection.Name)]
public sealed class WeightsOfOthersTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Every tensor of torchvision's Mask R-CNN has its place, under its present names and those before 0.13.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void TensorsOfTorchvisionsMaskRcnn_HaveTheirPlace(bool earlier)
    {
        var tensors = ReferenceModels
            .Tensors("torchvision_maskrcnn_resnet50_fpn")
            .Select(line => line.Split(' ')[0])
            .Select(name => earlier ? Earlier(name) : name);
        var table = Rows(layer => [layer.Torchvision, layer.EarlierTorchvision]);
        using var model = new SmallTorchvisionMaskRcnnModel();
        var own = tensors.Select(name => table[Layer(name)] + name[Layer(name).Length..]).Order(StringComparer.Ordinal);

        // Frozen batch norms keep no counts of batches; the reference's are not frozen.
        Assert.Equal(
            model
                .state_dict()
                .Keys.Where(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            own.Where(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
        );

        static string Earlier(string name) =>
            name.StartsWith("backbone.fpn.", StringComparison.Ordinal)
                ? name.Replace(".0.weight", ".weight", StringComparison.Ordinal).Replace(".0.bias", ".bias", StringComparison.Ordinal)
            : name.StartsWith("rpn.head.conv.", StringComparison.Ordinal) ? name.Replace("conv.0.0", "conv", StringComparison.Ordinal)
            : name.StartsWith("roi_heads.mask_head.", StringComparison.Ordinal)
                ? $"roi_heads.mask_head.mask_fcn{name["roi_heads.mask_head.".Length] - '0' + 1}{name["roi_heads.mask_head.0.0".Length..]}"
            : name;
    }

    // Put together from detectron2's own modules: resnet.py, fpn.py, rpn.py, box_head.py, fast_rcnn.py, mask_head.py.
    [Fact]
    public void LayersOfDetectron2sMaskRcnn_HaveTheirPlace()
    {
        List<string> expected = ["backbone.bottom_up.stem.conv1"];
        foreach (var (stage, blocks) in new[] { (2, 3), (3, 4), (4, 6), (5, 3) })
        {
            expected.Add($"backbone.bottom_up.res{stage}.0.shortcut");
            expected.AddRange(
                from block in Enumerable.Range(0, blocks)
                from number in Enumerable.Range(1, 3)
                select $"backbone.bottom_up.res{stage}.{block}.conv{number}"
            );
        }

        expected.AddRange([.. expected.Select(name => $"{name}.norm")]);
        expected.AddRange(
            from level in Enumerable.Range(2, 4)
            from part in new[] { "lateral", "output" }
            select $"backbone.fpn_{part}{level}"
        );
        expected.AddRange([
            "proposal_generator.rpn_head.conv",
            "proposal_generator.rpn_head.objectness_logits",
            "proposal_generator.rpn_head.anchor_deltas",
        ]);
        expected.AddRange([
            "roi_heads.box_head.fc1",
            "roi_heads.box_head.fc2",
            "roi_heads.box_predictor.cls_score",
            "roi_heads.box_predictor.bbox_pred",
        ]);
        expected.AddRange([
            .. Enumerable.Range(1, 4).Select(number => $"roi_heads.mask_head.mask_fcn{number}"),
            "roi_heads.mask_head.deconv",
            "roi_heads.mask_head.predictor",
        ]);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            SmallTorchvisionMaskRcnnNames.Model.Layers.Select(layer => layer.Detectron2!).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("torchvision")]
    [InlineData("detectron2")]
    [InlineData("mmdetection")]
    public void ConvertedWeights_AreTheSameModel(string naming)
    {
        using var saved = new CrossEntropyMaskRcnnModel();
        using var loaded = new CrossEntropyMaskRcnnModel();
        var (own, converted) = (folder.File("own.safetensors"), folder.File("converted.safetensors"));
        Checkpoint.Save(own, saved, null, CrossEntropyMaskRcnnDescription.Identity, null);
        Run("weights", "convert", own, converted, "--to", naming).Succeeds();
        Assert.Contains(
            $"{naming}'s names",
            Run("weights", "inspect", converted, "--declaration", nameof(CrossEntropyMaskRcnn)).Succeeds().Output,
            StringComparison.Ordinal
        );

        Assert.True(
            Checkpoint
                .LoadWeights(
                    new WeightsSource(converted) { IsStrict = true },
                    loaded,
                    CrossEntropyMaskRcnnNames.Model,
                    CrossEntropyMaskRcnnDescription.Identity
                )
                .IsComplete
        );
        var expected = saved.state_dict();
        Assert.All(loaded.state_dict(), item => Assert.True(item.Value.equal(expected[item.Key]).all().item<bool>(), item.Key));
        Run("predict", Path.Combine(data.Folder, "val"), "--output", folder.File("out"), "--checkpoint", converted).Succeeds();
    }

    // The file of a torchvision model with 2 classes and the background.
    [Fact]
    public void AnotherNumberOfClasses_LoadsAllButTheLastLayers()
    {
        var path = folder.File("two.safetensors");
        using (var model = new CrossEntropyMaskRcnnModel())
        using (NewDisposeScope())
        {
            Checkpoint.Save(path, model, null, CrossEntropyMaskRcnnDescription.Identity, null);
            var translation = Translation.Of(
                NamedWeights.Open(new WeightsSource(path), CrossEntropyMaskRcnnNames.Model),
                CrossEntropyMaskRcnnNames.Model,
                NamingScheme.Torchvision
            );
            SafetensorsFile.Write(
                path,
                [.. translation.Tensors.Select(pair => KeyValuePair.Create(pair.Key, Narrowed(pair.Key, pair.Value)))],
                new Dictionary<string, string>()
            );
        }

        var run = Run("weights", "inspect", path, "--declaration", nameof(CrossEntropyMaskRcnn));
        Assert.Equal(4, run.Code);
        Assert.Contains("another number of classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("roi_head.bbox_head.fc_cls.weight: file [3, 32], model [61, 32]", run.Output, StringComparison.Ordinal);
        Assert.Contains("roi_head.bbox_head.fc_reg.weight: file [8, 32], model [240, 32]", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "roi_head.mask_head.conv_logits.weight: file [2, 8, 1, 1], model [60, 8, 1, 1]",
            run.Output,
            StringComparison.Ordinal
        );

        var trained = Run(
                "train",
                "--data",
                data.Folder,
                "--output",
                folder.File("out"),
                "--epochs",
                "0.05",
                "--pictures",
                "0",
                "--weights",
                path
            )
            .Succeeds();
        Assert.Contains("another number of classes", trained.Output, StringComparison.Ordinal);
        Run("train", "--data", data.Folder, "--output", folder.File("strict"), "--weights", path, "--strict")
            .Fails(1, path, "Leave --strict out");
        Run("train", "--data", data.Folder, "--output", folder.File("forced"), "--weights", path, "--naming", "detectron2")
            .Fails(1, path, "Leave --naming out");
        Run("train", "--data", data.Folder, "--output", folder.File("idle"), "--strict").Fails(2, "--strict");
        Run("evaluate", "--data", data.Folder, "--output", folder.File("out"), "--checkpoint", path).Fails(1, path, "not the weights of");
    }

    private static Tensor Narrowed(string name, Tensor value) =>
        name.Contains("cls_score", StringComparison.Ordinal) || name.Contains("mask_fcn_logits", StringComparison.Ordinal)
            ? value[..3].clone()
        : name.Contains("box_predictor.bbox_pred", StringComparison.Ordinal) ? value[..12].clone()
        : value;

    private static Dictionary<string, string> Rows(Func<LayerNames, IEnumerable<string?>> names) =>
        SmallTorchvisionMaskRcnnNames
            .Model.Layers.SelectMany(layer => names(layer).OfType<string>().Select(name => (name, layer.Own)))
            .ToDictionary(row => row.name, row => row.Own, StringComparer.Ordinal);

    private static string Layer(string tensor) => tensor[..tensor.LastIndexOf('.')];

    private static CommandLineRun Run(params string[] arguments) => CommandLineRun.Of(new CrossEntropyMaskRcnnTrainer(), arguments);
}
