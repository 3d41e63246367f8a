using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Training;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Numbers that are not finite end a run with the code 3, and the last good checkpoint stays as it was.</summary>
[Collection(TorchCollection.Name)]
public sealed class NonFiniteTests(SmallData data) : IDisposable
{
    private const int BadStep = 5;
    private readonly TemporaryFolder folder = new();
    private byte[] lastGood = [];

    private string Checkpoint => folder.File("out/last.safetensors");

    public void Dispose()
    {
        HookedMaskRcnnTraining.Unhook();
        folder.Dispose();
    }

    [Fact]
    public void ImagesSpoiltBeforeAStep_AreNamedWithTheTerms()
    {
        string[] ids = [];
        HookedMaskRcnnTraining.Before = (_, run, batch) =>
        {
            if (run.Step == BadStep)
            {
                lastGood = File.ReadAllBytes(Checkpoint);
                ids = [.. batch.Shapes.Select(shape => $"{shape.ImageId}")];
                batch.Images.fill_(double.NaN);
            }
        };

        var run = Train();

        run.Fails(3, $"Step {BadStep}: loss_rpn_cls is NaN", $"image ids {string.Join(", ", ids)};", "last.safetensors, is of");
        AssertLastGoodIsIntact();
    }

    [Fact]
    public void AWeightSpoiltAfterAStep_IsNotSaved()
    {
        HookedMaskRcnnTraining.After = (training, run, _) =>
        {
            if (run.Step == BadStep)
            {
                lastGood = File.ReadAllBytes(Checkpoint);
                using var untracked = no_grad();
                training.Model.RoiHead.MaskHead.parameters().First().fill_(double.PositiveInfinity);
            }
        };

        Train().Fails(3, "roi_head.mask_head.", "is not finite", "Training has stopped");
        AssertLastGoodIsIntact();
    }

    [Fact]
    public void AnAbsurdLearningRate_Stops()
    {
        var run = Train("--learning-rate", "100", "--warmup-steps", "0", "--clip-norm", "0");
        run.Fails(3, "image ids", "learning rate 9", "Training has stopped", "Lower the learning rate");
    }

    private CommandLineRun Train(params string[] options) =>
        CommandLineRun.Of(
            new HookedMaskRcnnTrainer(),
            ["train", "--data", data.Folder, "--output", folder.File("out"), "--epochs", "0.5", "--checkpoint-every", "0.0666", .. options]
        );

    private void AssertLastGoodIsIntact()
    {
        Assert.Equal(lastGood, File.ReadAllBytes(Checkpoint));
        Assert.InRange(Training.Checkpoint.ReadInfo(Checkpoint).Position!.Step, 2, BadStep + 1);
        using var predictor = HookedMaskRcnnPredictor.Load(Checkpoint);
        Assert.NotEmpty(predictor.Predict(data.ValidationImages[0]));
    }
}
