using System.Text.Json.Nodes;

namespace DetectorDsl.Runtime.Training;

/// <content>Lines of the log.</content>
public sealed partial class TrainingRun
{
    private Dictionary<string, JsonNode?> Describe() => new()
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

    private void LogStep(TrainingProgress now) => log.Write(
        "step",
        [
            KeyValuePair.Create("step", (JsonNode?)now.Step),
            KeyValuePair.Create("epoch", (JsonNode?)Math.Round(now.Epoch, 4)),
            .. now.Losses.Select(term => KeyValuePair.Create(term.Name, (JsonNode?)term.Value)),
            KeyValuePair.Create("loss", (JsonNode?)now.Total),
            KeyValuePair.Create("learning_rate", (JsonNode?)now.LearningRate),
            KeyValuePair.Create("images_per_second", (JsonNode?)Math.Round(now.ImagesPerSecond, 2)),
        ]);

    private void LogCheckpoint() => log.Write(
        "checkpoint",
        KeyValuePair.Create("step", (JsonNode?)savedSteps),
        KeyValuePair.Create("file", (JsonNode?)Path.GetFileName(output.LastCheckpoint)));

    private void LogStop(string reason) => log.Write(
        "stop",
        KeyValuePair.Create("step", (JsonNode?)(Step + 1)),
        KeyValuePair.Create("reason", (JsonNode?)reason));
}
