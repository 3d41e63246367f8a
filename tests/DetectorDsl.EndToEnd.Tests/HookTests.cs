using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using TorchSharp;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>The user's partial methods are called, each at its moment.</summary>
[Collection(TorchCollection.Name)]
public sealed class HookTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        HookedMaskRcnnTraining.Unhook();
        folder.Dispose();
    }

    [Fact]
    public void TheMoments_ComeInOrder()
    {
        var moments = new List<string>();
        HookedMaskRcnnTraining.Starting = (training, run) => moments.Add($"start {training.Model.training} {run.TotalSteps}");
        HookedMaskRcnnTraining.Before = (_, run, batch) => moments.Add($"before {run.Step} {batch.Count}");
        HookedMaskRcnnTraining.After = (_, run, losses) => moments.Add($"after {run.Step} {double.IsFinite(losses.Total().ToDouble())}");
        HookedMaskRcnnTraining.AfterEpoch = (_, run) => moments.Add($"epoch {run.Epoch}");

        TrainerRun.Train(new HookedMaskRcnnTrainer(), data.Training, folder.File("out"), steps: 4, options: ["--batch-size", "30"]);

        Assert.Equal(["start True 1", "before 0 30", "after 0 True"], moments);
        moments.Clear();
        TrainerRun.Train(new HookedMaskRcnnTrainer(), data.Training, folder.File("two"), steps: 60, options: ["--batch-size", "30"]);
        Assert.Equal(
            [
                "start True 4",
                "before 0 30",
                "after 0 True",
                "before 1 30",
                "after 1 True",
                "epoch 1",
                "before 2 30",
                "after 2 True",
                "before 3 30",
                "after 3 True",
                "epoch 2",
            ],
            moments
        );
    }
}
