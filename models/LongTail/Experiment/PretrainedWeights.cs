using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.Experiment;

/// <summary>
/// The weights from which every run starts: a detector trained on other shapes, less the layers that tell its classes apart, draw its boxes and its
/// masks, since those differ from row to row and begin anew.
/// </summary>
internal sealed class PretrainedWeights(string folder, TailData data, Budget budget)
{
    private const long Seed = 0;

    private static readonly string[] Own =
    [
        "roi_head.bbox_head.fc_cls.",
        "roi_head.bbox_head.fc_reg.",
        "roi_head.bbox_head.loss_cls.",
        "roi_head.mask_head.conv_logits.",
    ];

    /// <summary>The file.</summary>
    public string File { get; } = FileIn(folder);

    /// <summary>The file in an experiment's folder.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "pretrained.safetensors");

    /// <summary>Pretrains, unless its file is there.</summary>
    public void Make(ITrainingProgress progress, CancellationToken cancellation)
    {
        if (System.IO.File.Exists(File))
        {
            return;
        }

        var trainer = new PretrainingTrainer();
        var arguments = TrainerArguments.Of(
            trainer,
            "--epochs",
            Number.Text(budget.PretrainingEpochs),
            "--checkpoint-every",
            Number.Text(budget.PretrainingEpochs)
        );
        using var output = OutputFolder.Open(Path.Combine(folder, "pretraining"));
        trainer.Train(
            new TrainingRequest(
                data.PretrainingSet(trainer, cancellation),
                output,
                CPU,
                Seed,
                Resume: false,
                Weights: null,
                arguments,
                progress
            ),
            cancellation
        );
        cancellation.ThrowIfCancellationRequested();
        Keep(output.LastCheckpoint);
    }

    private void Keep(string checkpoint)
    {
        var trained = SafetensorsFile.Open(checkpoint);
        using var scope = NewDisposeScope();
        var names = trained.TensorNames.Where(name =>
            !name.StartsWith("optimizer.", StringComparison.Ordinal) && !Own.Any(own => name.StartsWith(own, StringComparison.Ordinal))
        );
        SafetensorsFile.Write(
            File,
            [.. names.Select(name => KeyValuePair.Create(name, trained.Read(name)))],
            new Dictionary<string, string>()
        );
    }
}
