using System.Text.Json.Nodes;
using DetectorDsl.Training;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Weights;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

/// <summary>What a run leaves behind is a function of the run, however often it was interrupted.</summary>
[Collection(TorchGeneratorCollection.Name)]
public sealed class InterruptedRunTests : IDisposable
{
    // 7 images, 2 a step, 2 steps an update: 70 steps; a line every 3 and a checkpoint about every 5.
    private static readonly TrainingSettings Settings = new()
    {
        Epochs = 20,
        BatchSize = 2,
        AccumulationSteps = 2,
        LogEvery = 3,
        CheckpointEvery = 1.4,
        Seed = 8,
    };

    private readonly Workshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Fact]
    public void TheLogIsThatOfAnUninterruptedRun_ButForThePace()
    {
        var whole = Run("whole", resume: false, stopAfter: null);
        Run("parts", resume: false, stopAfter: 5);
        Run("parts", resume: true, stopAfter: 13);
        Run("parts", resume: true, stopAfter: 14);

        // As a kill leaves it: lines behind the checkpoint, the last of them torn.
        File.AppendAllText(
            workshop.File("parts/log.jsonl"),
            "{\"kind\":\"step\",\"step\":99}\n{\"kind\":\"checkpoint\",\"step\":99}\n{\"kind\":\"st"
        );
        Assert.Equal(whole, Run("parts", resume: true, stopAfter: null));
        Assert.Equal(Log("whole"), Log("parts"));
        Assert.Equal(
            24,
            Log("whole")
                .Count(line => line.Contains("\"step\"", StringComparison.Ordinal) && line.Contains("loss", StringComparison.Ordinal))
        );
        Assert.Equal(
            File.ReadAllBytes(workshop.File("whole/last.safetensors")),
            File.ReadAllBytes(workshop.File("parts/last.safetensors"))
        );

        // A run that is complete writes its end again and nothing else.
        Run("parts", resume: true, stopAfter: null);
        Assert.Equal(Log("whole"), Log("parts"));

        // Begun anew, the folder's log is the new run's.
        Run("parts", resume: false, stopAfter: null);
        Assert.Equal(Log("whole"), Log("parts"));
    }

    [Fact]
    public void ADamagedCheckpointIsNamed_AndTheOneBeforeTaken()
    {
        var whole = Run("out", resume: false, stopAfter: null);
        var previous = Checkpoint.ReadInfo(workshop.File("out/previous.safetensors")).Position!.Step;
        Assert.InRange(previous, 2, Checkpoint.ReadInfo(workshop.File("out/last.safetensors")).Position!.Step - 1);

        Damage("out/last.safetensors");
        Assert.Equal(whole, Run("out", resume: true, stopAfter: null));
        Assert.Contains(workshop.Messages, text => text.Contains("last.safetensors: damaged", StringComparison.Ordinal));
        Assert.Contains(workshop.Messages, text => text.Contains($"previous.safetensors after {previous} of", StringComparison.Ordinal));

        // The damaged one has not driven out the good one.
        Assert.Equal(previous, Checkpoint.ReadInfo(workshop.File("out/previous.safetensors")).Position!.Step);

        File.Delete(workshop.File("out/last.safetensors"));
        Assert.Equal(whole, Run("out", resume: true, stopAfter: null));

        Damage("out/last.safetensors");
        Damage("out/previous.safetensors");
        var message = Assert.Throws<WeightsException>(() => Run("out", resume: true, stopAfter: null)).Message;
        Assert.Contains("last.safetensors: damaged", message, StringComparison.Ordinal);
        Assert.Contains("previous.safetensors: damaged", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(9, 6)]
    public void WhatEndsARunSavesTheGoodStepsFirst(int failAtStep, int saved)
    {
        var whole = Run("whole", resume: false, stopAfter: null);
        Assert.Throws<InvalidOperationException>(() => Run("out", resume: false, stopAfter: null, failAtStep));
        Assert.Equal(saved, Checkpoint.ReadInfo(workshop.File("out/last.safetensors")).Position!.Step);
        Assert.Equal(whole, Run("out", resume: true, stopAfter: null));
        Assert.Equal(Log("whole"), Log("out"));
    }

    [Fact]
    public void TooManyImagesThatVanish_EndTheRunAfterACheckpoint()
    {
        using var many = new Workshop(images: 14);
        using var model = new LinearDetector();
        using var optimizer = Workshop.Sgd(model);
        using var output = many.Output();
        var settings = new TrainingSettings
        {
            Epochs = 40,
            BatchSize = 2,
            CheckpointEvery = 0,
            LoaderThreads = 4,
        };
        string message;
        using (var run = many.Run(settings, output, model))
        {
            message = Assert
                .Throws<TrainingException>(() => Workshop.Train(run, model, optimizer, () =>
                    {
                        for (var index = 0; run.Step == 3 && index < 12; index++)
                        {
                            File.Delete(many.Data.PathOf(index));
                        }
                    }))
                .Message;
        }

        Assert.Contains("of 14 training images cannot be read", message, StringComparison.Ordinal);
        Assert.InRange(Checkpoint.ReadInfo(output.LastCheckpoint).Position!.Step, 4, 270);
        Assert.Contains($"ends after {Checkpoint.ReadInfo(output.LastCheckpoint).Position!.Step} steps", message, StringComparison.Ordinal);
    }

    private void Damage(string name)
    {
        var bytes = File.ReadAllBytes(workshop.File(name));
        bytes[^9] ^= 4;
        File.WriteAllBytes(workshop.File(name), bytes);
    }

    private string[] Log(string folder) =>
        [
            .. File.ReadAllLines(workshop.File($"{folder}/log.jsonl"))
                .Select(line =>
                {
                    var entry = JsonNode.Parse(line)!.AsObject();
                    entry.Remove("images_per_second");
                    return entry.ToJsonString();
                }),
        ];

    private SortedDictionary<string, string> Run(string folder, bool resume, int? stopAfter, int? failAtStep = null)
    {
        manual_seed(1).Dispose();
        using var model = new TinyDetector();
        using Optimizer optimizer = Workshop.AdamW(model);
        using var output = workshop.Output(folder);
        using var run = workshop.Run(Settings, output, model);
        using var stop = new CancellationTokenSource();
        if (resume)
        {
            run.Resume(model, optimizer);
        }

        Workshop.Train(run, model, optimizer, AfterStep, stop.Token, Settings.AccumulationSteps);
        return Workshop.Bits(model, optimizer);

        void AfterStep()
        {
            if (run.Step + 1 == failAtStep)
            {
                throw new InvalidOperationException("the user's own");
            }

            if (run.Step == stopAfter)
            {
                stop.Cancel();
            }
        }
    }
}
