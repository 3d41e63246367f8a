using System.Text.Json;
using System.Text.Json.Nodes;

namespace DetectorDsl.Training;

/// <content>Lines of the log.</content>
public sealed partial class TrainingRun
{
    // From here on the folder is the run's: nothing is left that could refuse it.
    private void Begin()
    {
        if (log is not null)
        {
            return;
        }

        firstStep = Step + 1;
        output.Begin();
        DataRecord.Write(output);
        log = new TrainingLog(output.Enter(RunFiles.Log), progress.Message, Belongs);
        if (log.LastKept is null)
        {
            log.Write("settings", Describe());
        }

        if (HasCheckpointLine(savedSteps) && !(log.LastKept is { } last && IsOf(last, "checkpoint")))
        {
            LogCheckpoint();
        }
    }

    // Whether a line of an earlier process is one of a run that had never been interrupted: a line of the settings, and whatever is not behind the checkpoint.
    private bool Belongs(JsonElement line)
    {
        var step = line.TryGetProperty("step", out var number) && number.TryGetInt64(out var value) ? value : 0;
        return savedSteps > 0
            && !IsOf(line, "stop")
            && (IsOf(line, "checkpoint") ? step < savedSteps || (step == savedSteps && HasCheckpointLine(step)) : step <= savedSteps);
    }

    // A run that is never interrupted writes checkpoints where they are due and at its end.
    private bool HasCheckpointLine(long steps) => steps > 0 && (steps == TotalSteps || IsCheckpointDue(steps - 1));

    private static bool IsOf(JsonElement line, string kind) => line.TryGetProperty("kind", out var value) && value.ValueEquals(kind);

    private Dictionary<string, JsonNode?> Describe() =>
        new()
        {
            ["detector"] = identity.Detector,
            ["configuration_hash"] = identity.ConfigurationHash,
            ["epochs"] = settings.Epochs,
            ["batch_size"] = settings.BatchSize,
            ["group_by_aspect_ratio"] = settings.GroupByAspectRatio,
            ["accumulation_steps"] = settings.AccumulationSteps,
            ["loader_threads"] = settings.LoaderThreads,
            ["seed"] = settings.Seed,
            ["device"] = device.ToString(),
            ["images_per_epoch"] = order.Epoch(0).Count,
            ["steps"] = TotalSteps,
            ["updates"] = TotalUpdates,
            ["first_step"] = firstStep,
        };

    private void LogStep(TrainingProgress now) =>
        log?.Write(
            "step",
            [
                KeyValuePair.Create("step", (JsonNode?)now.Step),
                KeyValuePair.Create("epoch", (JsonNode?)Math.Round(now.Epoch, 4)),
                .. now.Losses.Select(term => KeyValuePair.Create(term.Name, (JsonNode?)term.Value)),
                KeyValuePair.Create("loss", (JsonNode?)now.Total),
                KeyValuePair.Create("learning_rate", (JsonNode?)now.LearningRate),
                KeyValuePair.Create("images_per_second", (JsonNode?)Math.Round(now.ImagesPerSecond, 2)),
            ]
        );

    private void LogLeftOut(LeftOutImage image) =>
        log?.Write(
            "left_out",
            KeyValuePair.Create("step", (JsonNode?)(Step + 1)),
            KeyValuePair.Create("image", (JsonNode?)batches.Builder.Data.Images[image.Index].Id),
            KeyValuePair.Create("reason", (JsonNode?)image.Reason)
        );

    private void LogCheckpoint() =>
        log?.Write(
            "checkpoint",
            KeyValuePair.Create("step", (JsonNode?)savedSteps),
            KeyValuePair.Create("file", (JsonNode?)Path.GetFileName(output.LastCheckpoint))
        );

    private void LogStop(string reason) =>
        log?.Write("stop", KeyValuePair.Create("step", (JsonNode?)(Step + 1)), KeyValuePair.Create("reason", (JsonNode?)reason));
}
