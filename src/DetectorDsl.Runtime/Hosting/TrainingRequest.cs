using System.CommandLine;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Runtime.Training;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Hosting;

/// <summary>What a training run is given by the command line.</summary>
/// <param name="Data">The training images.</param>
/// <param name="Output">Receives checkpoint and log.</param>
/// <param name="Device">Where to train.</param>
/// <param name="Seed">Seed of first weights, order of images, augmentation and sampling.</param>
/// <param name="Resume">Whether to go on from the output folder's last checkpoint.</param>
/// <param name="Weights">Safetensors file whose weights replace the fresh ones where name and shape fit; null for none.</param>
/// <param name="Arguments">Holds the values of the declaration's own options.</param>
/// <param name="Progress">Told of every logged step.</param>
public sealed record TrainingRequest(
    DetectionDataset Data,
    OutputFolder Output,
    Device Device,
    long Seed,
    bool Resume,
    string? Weights,
    ParseResult Arguments,
    ITrainingProgress Progress);
