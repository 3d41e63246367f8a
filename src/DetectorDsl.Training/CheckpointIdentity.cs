using System.Collections.Immutable;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Torch.Convolutions;

namespace DetectorDsl.Training;

/// <summary>Whose weights a checkpoint holds.</summary>
/// <param name="Detector">Name of the declaration.</param>
/// <param name="Configuration">The resolved configuration, JSON.</param>
/// <param name="ConfigurationHash">Hash of the configuration.</param>
/// <param name="Categories">Names of the classes in label order, C of them.</param>
public sealed record CheckpointIdentity(string Detector, string Configuration, string ConfigurationHash, ImmutableArray<string> Categories)
{
    /// <summary>How images are prepared at inference; null says nothing of it and asks nothing.</summary>
    public ImagePreparation? Preparation { get; init; }

    /// <summary>Options in force that weights depend on, by their names on the command line; a run is resumed with the same only. Empty by default.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>Where in a run a checkpoint was written; what must be the same for training to go on with the same bits.</summary>
/// <param name="Step">Micro-steps done; the end of an optimizer update.</param>
/// <param name="Epoch">Passes over the data done.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Epochs">Passes over the data of the whole run; schedules depend on them.</param>
/// <param name="BatchSize">Images of a micro-step.</param>
/// <param name="AccumulationSteps">Micro-steps of an update.</param>
/// <param name="Data">Hash over the ids of the first epoch's images in their order.</param>
public sealed record CheckpointPosition(
    long Step,
    double Epoch,
    long Seed,
    double Epochs,
    int BatchSize,
    int AccumulationSteps,
    string Data
)
{
    /// <summary>Checksum of the annotations that training sees; null where the checkpoint's format had none.</summary>
    public string? Annotations { get; init; }

    /// <summary>Sums of the losses since the last line of the log; null where the checkpoint's format had none.</summary>
    public string? Logged { get; init; }

    /// <summary>How convolutions were computed: as the library does or as products of matrices, whose bits differ.</summary>
    public string Convolutions { get; init; } = ConvolutionForm.Library.Name;
}

/// <summary>What a checkpoint says of itself.</summary>
/// <param name="Identity">Whose weights it holds.</param>
/// <param name="Position">Where in a run it was written; null for weights alone.</param>
public sealed record CheckpointInfo(CheckpointIdentity Identity, CheckpointPosition? Position);
