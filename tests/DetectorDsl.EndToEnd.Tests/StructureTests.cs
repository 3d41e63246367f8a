using DetectorDsl.EndToEnd.Components;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>What the build says of a model is what the model is.</summary>
[Collection(TorchCollection.Name)]
public sealed class StructureTests
{
    [Theory]
    [MemberData(nameof(Generated.Countable), MemberType = typeof(Generated))]
    public void ParametersCountedAtCompileTime_AreTheModels(string name)
    {
        var generated = Generated.Of(name);
        using var model = generated.Model();
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), generated.Parameters);
    }

    [Theory]
    [MemberData(nameof(Generated.Countable), MemberType = typeof(Generated))]
    public void StateDictWrittenDownAtCompileTime_IsTheModels(string name)
    {
        var generated = Generated.Of(name);
        using var model = generated.Model();
        AssertSame(ReferenceModels.Tensors(model), ReferenceModels.TensorsOf(generated.Trainer().State));
    }

    // The sum over the shapes of mmdetection's own parameters, running statistics and counts left out.
    [Fact]
    public void ParametersOfTheFullModel_AreMmdetections() => Assert.Equal(50_441_347, LvisSeesawMaskRcnnDescription.Parameters);

    [Fact]
    public void PartsOfTheUsersOwn_LeaveTheCountOpen()
    {
        Assert.Null(OwnPartsMaskRcnnDescription.Parameters);
        Assert.Contains("uncounted", OwnPartsMaskRcnnDescription.Text, StringComparison.Ordinal);
        Assert.Contains(
            "\nroi_head.bbox_head.loss_cls: unknown, of a class of one's own\n",
            OwnPartsMaskRcnnDescription.State,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void PartsOfTheUsersOwn_StandInTheModelWithTheirDeclaredNumbers()
    {
        using var model = new OwnPartsMaskRcnnModel();
        StridedBackboneModule backbone = model.Backbone;
        LateralNeckModule neck = model.Neck;
        SmoothedCrossEntropyModule loss = model.RoiHead.BoxHead.ClassificationLoss;
        Assert.Equal(
            [8, 12, 16],
            backbone
                .state_dict()
                .Where(item =>
                    item.Key.StartsWith("levels", StringComparison.Ordinal) && item.Key.EndsWith("bias", StringComparison.Ordinal)
                )
                .Select(item => (int)item.Value.shape[0])
        );
        Assert.Equal(
            [8, 12, 16],
            neck.state_dict().Where(item => item.Key.EndsWith("weight", StringComparison.Ordinal)).Select(item => (int)item.Value.shape[1])
        );
        Assert.Equal(SmallShapes.All.Select(category => category.InstanceCount), loss.ClassCounts);
        Assert.Equal(
            ["loss_rpn_cls", "loss_rpn_bbox", "loss_cls_label", "loss_cls_uniform", "loss_bbox", "loss_mask"],
            OwnPartsMaskRcnnLosses.Terms.ToArray()
        );
        Assert.Equal(3, new OwnPartsMaskRcnnOptions().Repetitions);
    }

    [SkippableFact]
    public void TensorsOfTheFullModel_AreMmdetections()
    {
        // Counts are kept in double precision here: in single precision a frequent class would stop being counted at 2^24.
        string[] expected =
        [
            .. ReferenceModels
                .Tensors("mmdetection_mask_rcnn_r50_fpn_seesaw_1203")
                .Select(line => line.Replace("cum_samples [1204] float32", "cum_samples [1204] float64", StringComparison.Ordinal)),
        ];
        using var model = new LvisSeesawMaskRcnnModel();
        AssertSame(expected, ReferenceModels.Tensors(model));
    }

    [SkippableFact]
    public void TensorsOfTheBackbone_AreTorchvisions()
    {
        string[] expected =
        [
            .. ReferenceModels.Tensors("torchvision_resnet50").Where(line => !line.StartsWith("fc.", StringComparison.Ordinal)),
        ];
        using var backbone = new LvisSeesawMaskRcnnBackbone();
        AssertSame(expected, ReferenceModels.Tensors(backbone));
    }

    private static void AssertSame(string[] expected, string[] actual)
    {
        Assert.Empty(expected.Except(actual));
        Assert.Empty(actual.Except(expected));
        Assert.Equal(expected.Length, actual.Length);
    }
}
