using System.Text.Json.Nodes;
using DetectorDsl.Data.Images;
using DetectorDsl.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

[Collection(TorchGeneratorCollection.Name)]
public sealed class TrainingLoopTests : IDisposable
{
    private readonly Workshop workshop = new();

    [Fact]
    public void LoaderThreadsChangeNoBit()
    {
        var one = Trained(loaderThreads: 1);
        Assert.Equal(one, Trained(loaderThreads: 2));
        Assert.Equal(one, Trained(loaderThreads: 5));
    }

    [Fact]
    public void AnotherSeedChangesTheWeights() => Assert.NotEqual(Trained(loaderThreads: 2), Trained(loaderThreads: 2, seed: 4));

    [Fact]
    public void TrainingLowersTheLoss()
    {
        using var model = Fresh<LinearDetector>();
        Train(
            model,
            new TrainingSettings
            {
                Epochs = 20,
                BatchSize = 2,
                LogEvery = 7,
            }
        );
        Assert.InRange(workshop.Progress[^1].Total / workshop.Progress[0].Total, 0, 0.5);
    }

    [Fact]
    public void EachIterationLeavesTheCountOfLiveTensorsAsItWas()
    {
        var counts = new List<long>();
        using var model = Fresh<TinyDetector>();
        Train(
            model,
            new TrainingSettings
            {
                Epochs = 300 * 2 / 7.0,
                BatchSize = 2,
                LogEvery = 3,
                CheckpointEvery = 1,
                LoaderThreads = 2,
            },
            () => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)
        );
        Assert.Equal(300, counts.Count);

        // The count is this thread's: it frees the images, which loader threads made. The first step makes the gradients' and torch's own.
        var changes = counts.Zip(counts.Skip(1), (before, after) => after - before).Skip(1).Distinct();
        Assert.Equal([-1], changes);
    }

    [Fact]
    public void AccumulationEqualsALargerBatch()
    {
        using var larger = Fresh<LinearDetector>();
        using var accumulated = Fresh<LinearDetector>();
        Train(
            larger,
            new TrainingSettings
            {
                Epochs = 12,
                BatchSize = 4,
                CheckpointEvery = 0,
            },
            augmented: false
        );
        Train(
            accumulated,
            new TrainingSettings
            {
                Epochs = 12,
                BatchSize = 2,
                AccumulationSteps = 2,
                CheckpointEvery = 0,
            },
            augmented: false
        );
        using var untrained = Fresh<LinearDetector>();
        Assert.True(Distance(larger, untrained) > 0.05);
        Assert.InRange(Distance(larger, accumulated), 0, 1e-5);
    }

    [Fact]
    public void ARunConsistsOfWholeUpdates()
    {
        // 1.5 epochs of 7 images, 6 of them in an update of three batches of two: 10.5 / 6 rounded up is 2 updates.
        using var model = Fresh<LinearDetector>();
        using var output = workshop.Output();
        using var run = workshop.Run(
            new TrainingSettings
            {
                Epochs = 1.5,
                BatchSize = 2,
                AccumulationSteps = 3,
            },
            output,
            model
        );
        Assert.Equal((2, 6, -1), (run.TotalUpdates, run.TotalSteps, run.Step));
        var seen = new List<(long Step, long Update, bool Closes, bool Ended, double Epoch)>();
        while (run.Next(CancellationToken.None) is { } batch)
        {
            batch.Dispose();
            seen.Add((run.Step, run.Update, run.ClosesUpdate, run.EpochEnded, Math.Round(run.Epoch * 7, 6)));
        }

        Assert.Equal(
            [
                (0, 0, false, false, 2),
                (1, 0, false, false, 4),
                (2, 0, true, false, 6),
                (3, 1, false, true, 8),
                (4, 1, false, false, 10),
                (5, 1, true, false, 12),
            ],
            seen
        );
    }

    [Fact]
    public void StepSeedsDifferFromStepToStepAndComeFromTheSeed()
    {
        long[] Seeds(long seed)
        {
            using var model = Fresh<LinearDetector>();
            using var output = workshop.Output();
            using var run = workshop.Run(
                new TrainingSettings
                {
                    Epochs = 2,
                    BatchSize = 2,
                    Seed = seed,
                },
                output,
                model
            );
            var seeds = new List<long>();
            while (run.Next(CancellationToken.None) is { } batch)
            {
                batch.Dispose();
                seeds.Add(run.StepSeed);
            }

            return [.. seeds];
        }

        var seeds = Seeds(1);
        Assert.Equal(7, seeds.Distinct().Count());
        Assert.Equal(seeds, Seeds(1));
        Assert.Empty(seeds.Intersect(Seeds(2)));
    }

    [Fact]
    public void AStopFinishesTheUpdateAndWritesTheCheckpoint()
    {
        using var stop = new CancellationTokenSource();
        using var model = Fresh<LinearDetector>();
        using var output = workshop.Output();
        using var run = workshop.Run(
            new TrainingSettings
            {
                Epochs = 5,
                BatchSize = 1,
                AccumulationSteps = 3,
                CheckpointEvery = 0,
            },
            output,
            model
        );
        using var optimizer = Workshop.Sgd(model);
        Workshop.Train(
            run,
            model,
            optimizer,
            () =>
            {
                if (run.Step == 3)
                {
                    stop.Cancel();
                }
            },
            stop.Token,
            accumulation: 3
        );
        Assert.True(run.Stopped);
        Assert.Equal(6, Checkpoint.ReadInfo(output.LastCheckpoint).Position!.Step);
        Assert.Null(run.Next(CancellationToken.None));
    }

    [Fact]
    public void TheLogSaysHowItWent()
    {
        using var model = Fresh<TinyDetector>();
        Train(
            model,
            new TrainingSettings
            {
                Epochs = 2,
                BatchSize = 2,
                LogEvery = 4,
                CheckpointEvery = 1,
            }
        );
        var lines = File.ReadAllLines(workshop.File("out/log.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();

        // 7 steps; 7 images pass after step 4 of two each.
        Assert.Equal(["settings", "step", "checkpoint", "step", "checkpoint", "stop"], lines.Select(line => (string)line["kind"]!));
        Assert.Equal("hash-1", (string)lines[0]["configuration_hash"]!);
        Assert.Equal([4, 7], lines.Where(line => (string)line["kind"]! == "step").Select(line => (int)line["step"]!));
        Assert.Equal((double)lines[1]["loss"]!, (double)lines[1]["loss_cls"]! + (double)lines[1]["loss_bbox"]!, 9);
        Assert.Equal(0.05, (double)lines[1]["learning_rate"]!);
        Assert.Equal("complete", (string)lines[^1]["reason"]!);

        // Two checkpoints, and what an epoch shows: an image of each of two classes, which are in 7 images each.
        Assert.Equal(3, workshop.Messages.Count);
        Assert.Equal("An epoch shows 7 images, 7 different ones; objects: rare 14 (14 in the data).", workshop.Messages[0]);
        Assert.Equal(
            ["label,id,name,images,instances,epoch_images,epoch_instances", "0,3,red,7,7,7,7", "1,7,\"blue, dark\",7,7,7,7"],
            File.ReadAllLines(workshop.File("out/sampling.csv"))
        );
    }

    [Fact]
    public void TheCheckpointOfAnEarlierRun_IsToldOfBeforeItIsReplaced()
    {
        using var model = Fresh<LinearDetector>();
        Train(model, new TrainingSettings { Epochs = 1, BatchSize = 2 });
        Assert.DoesNotContain(workshop.Messages, text => text.Contains("earlier run", StringComparison.Ordinal));
        Train(model, new TrainingSettings { Epochs = 1, BatchSize = 2 });
        Assert.Single(workshop.Messages, text => text.Contains("earlier run", StringComparison.Ordinal));
    }

    [Fact]
    public void LossesAreMeansSinceTheLastReportOfTheirKind()
    {
        using var model = Fresh<LinearDetector>();
        using var output = workshop.Output();
        using var run = workshop.Run(
            new TrainingSettings
            {
                Epochs = 6,
                BatchSize = 2,
                LogEvery = 14,
            },
            output,
            model
        );
        for (var step = 0; run.Next(CancellationToken.None) is { } batch; step++)
        {
            batch.Dispose();
            using var losses = tensor(new[] { (float)step });
            run.Record(losses, null, 1);
        }

        // Steps 0 to 20. Looked at when ten wait, when the fourteenth is logged, and at the end: 0-9, then all of 0-13, then 14-20.
        Assert.Equal(
            [(10, 4.5, false), (14, 6.5, true), (21, 17, true)],
            workshop.Progress.Select(now => (now.Step, now.Losses[0].Value, now.IsLogged))
        );
        Assert.All(workshop.Progress, now => Assert.Equal((21, now.Losses[0].Value), (now.Of, now.Total)));
        Assert.Equal(TimeSpan.Zero, workshop.Progress[^1].TimeLeft);
    }

    [Fact]
    public void ADamagedImageIsNamed_AndTheRunGoesOn()
    {
        File.WriteAllBytes(workshop.Data.PathOf(3), [1, 2, 3]);
        using var model = Fresh<LinearDetector>();
        using var output = workshop.Output();
        using var run = workshop.Run(new TrainingSettings { Epochs = 1, BatchSize = 7 }, output, model);
        using (var batch = run.Next(CancellationToken.None))
        {
            Assert.DoesNotContain(103, batch!.Shapes.Select(shape => shape.ImageId));
        }

        Assert.Null(run.Next(CancellationToken.None));
        Assert.Contains(
            "image3.png",
            Assert.Single(workshop.Messages, text => text.StartsWith("Left out", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 2, 1, 1)]
    [InlineData(double.NaN, 2, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 2, 0, 1)]
    [InlineData(1, 2, 1, 0)]
    public void ASettingOutOfRange_IsNamed(double epochs, int batchSize, int accumulation, int threads)
    {
        using var model = Fresh<LinearDetector>();
        using var output = workshop.Output();
        var settings = new TrainingSettings
        {
            Epochs = epochs,
            BatchSize = batchSize,
            AccumulationSteps = accumulation,
            LoaderThreads = threads,
        };
        Assert.Contains(
            "must be",
            Assert.Throws<TrainingException>(() => workshop.Run(settings, output, model)).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => workshop.Dispose();

    private static T Fresh<T>()
        where T : TinyModule, new()
    {
        manual_seed(11).Dispose();
        return new T();
    }

    private static double Distance(TinyModule first, TinyModule second)
    {
        using var scope = NewDisposeScope();
        return first.parameters().Zip(second.parameters(), (a, b) => (a - b).abs().max().item<float>()).Max();
    }

    private SortedDictionary<string, string> Trained(int loaderThreads, long seed = 3)
    {
        using var model = Fresh<TinyDetector>();
        using var optimizer = Workshop.Sgd(model);
        using var output = workshop.Output();
        using var run = workshop.Run(
            new TrainingSettings
            {
                Epochs = 6,
                BatchSize = 2,
                Seed = seed,
                LoaderThreads = loaderThreads,
            },
            output,
            model
        );
        Workshop.Train(run, model, optimizer);
        return Workshop.Bits(model, optimizer);
    }

    private void Train(TinyModule model, TrainingSettings settings, Action? afterIteration = null, bool augmented = true)
    {
        using var optimizer = Workshop.Sgd(model);
        using var output = workshop.Output();
        using var run = workshop.Run(settings, output, model, augmented);
        Workshop.Train(run, model, optimizer, afterIteration, accumulation: settings.AccumulationSteps);
    }
}
