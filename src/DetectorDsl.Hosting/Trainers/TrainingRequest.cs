using System.CommandLine;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.Trainers;

/// <summary>What a training run is given by the command line.</summary>
/// <param name="Data">The training images.</param>
/// <param name="Output">Receives checkpoint and log.</param>
/// <param name="Device">Where to train.</param>
/// <param name="Seed">Seed of first weights, order of images, augmentation and sampling.</param>
/// <param name="Resume">Whether to go on from the output folder's last checkpoint.</param>
/// <param name="Weights">File whose weights replace the fresh ones where name and shape fit; null for none.</param>
/// <param name="Arguments">Holds the values of the declaration's own options.</param>
/// <param name="Progress">Told of every logged step.</param>
public sealed record TrainingRequest(
    DetectionDataset Data,
    OutputFolder Output,
    Device Device,
    long Seed,
    bool Resume,
    WeightsSource? Weights,
    ParseResult Arguments,
    ITrainingProgress Progress
)
{
    /// <summary>Gives a model the weights that the command line names, if any, and tells what became of each tensor.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">What other software calls its layers.</param>
    /// <exception cref="WeightsException">The file cannot be used.</exception>
    public void LoadWeights(nn.Module model, ModelNames names)
    {
        if (Weights is null)
        {
            return;
        }

        foreach (var line in LoadTable.Lines(Weights.Path, Checkpoint.LoadWeights(Weights, model, names, expected: null)))
        {
            Progress.Message(line);
        }
    }
}
