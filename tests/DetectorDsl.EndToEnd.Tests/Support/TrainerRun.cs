using System.CommandLine;
using System.Globalization;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>A generated trainer's run, watched at every step.</summary>
public sealed class TrainerRun : ITrainingProgress
{
    private Action<TrainingProgress>? watch;

    /// <summary>What was told of each step.</summary>
    public List<TrainingProgress> Steps { get; } = [];

    /// <summary>Total loss of each step.</summary>
    public IEnumerable<double> Losses => Steps.Select(step => step.Total);

    /// <summary>Tensors of the training thread alive at the same place of each step.</summary>
    public List<long> LiveTensors { get; } = [];

    public List<string> Messages { get; } = [];

    public required string Checkpoint { get; init; }

    /// <summary>Trains for about as many steps as are asked for; the sampler decides how long an epoch is.</summary>
    public static TrainerRun Train(
        DetectorTrainer trainer,
        DetectionDataset data,
        string folder,
        int steps,
        long seed = 0,
        bool resume = false,
        Action<TrainingProgress>? watch = null,
        CancellationToken cancellation = default,
        string? weights = null,
        params string[] options
    )
    {
        using var output = OutputFolder.Open(folder);
        var run = new TrainerRun { Checkpoint = output.LastCheckpoint, watch = watch };
        var command = new RootCommand();
        foreach (var option in trainer.Options)
        {
            command.Add(option);
        }

        var epochs = (2.0 * steps / data.Images.Length).ToString("R", CultureInfo.InvariantCulture);
        var arguments = command.Parse(["--epochs", epochs, .. options]);
        Assert.Empty(arguments.Errors);
        trainer.Train(
            new TrainingRequest(
                data,
                output,
                TestDevice.Usual,
                seed,
                resume,
                weights is null ? null : new WeightsSource(weights),
                arguments,
                run
            ),
            cancellation
        );
        return run;
    }

    public void Step(TrainingProgress now)
    {
        Steps.Add(now);
        LiveTensors.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        watch?.Invoke(now);
    }

    public void Message(string text) => Messages.Add(text);
}
