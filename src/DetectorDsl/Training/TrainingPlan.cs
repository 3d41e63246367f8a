using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>How long training lasts and what happens along the way.</summary>
[Component]
public record TrainingPlan
{
    /// <summary>Passes over the (sampled) training images. Default 12.</summary>
    [TrainerOption, Range(0.0, 100000.0, MinimumIsExclusive = true)]
    public double Epochs { get; init; } = 12;

    /// <summary>Images per step. Default 2.</summary>
    [TrainerOption, Range(1, 4096)]
    public int BatchSize { get; init; } = 2;

    /// <summary>Whether batches hold portrait or landscape images only, so that less is padded. Default true.</summary>
    /// <remarks>
    /// No image is left out or shown more often: within an epoch images wait until a batch of their kind is full, and those that still wait at its
    /// end come last, together. Source: mmdetection, AspectRatioBatchSampler.
    /// </remarks>
    [TrainerOption]
    public bool GroupByAspectRatio { get; init; } = true;

    /// <summary>Steps whose gradients are averaged before the weights change. Default 1.</summary>
    [TrainerOption, Range(1, 1024)]
    public int AccumulationSteps { get; init; } = 1;

    /// <summary>Upper bound of the gradient's norm over all parameters; 0 for none. Default 0.</summary>
    [TrainerOption, Range(0.0, 1000000.0)]
    public double ClipNorm { get; init; }

    /// <summary>Steps between two lines of the log. Default 50.</summary>
    [TrainerOption(MayChange = true), Range(1, 1000000)]
    public int LogEvery { get; init; } = 50;

    /// <summary>Epochs between two checkpoints. Default 1.</summary>
    [TrainerOption(MayChange = true), Range(0.0, 100000.0, MinimumIsExclusive = true)]
    public double CheckpointEvery { get; init; } = 1;

    /// <summary>
    /// Modules that are trained, by their names in the description (<c>roi_head.bbox_head.fc_cls</c>, or <c>roi_head</c> for all below it); the others keep the
    /// weights that training starts from, in evaluation mode. Decoupled training (Kang et al. 2020): a second run over a trained checkpoint, named by --weights,
    /// with any loss and sampler. Empty, the default, trains all.
    /// </summary>
    public ValueList<string> TrainOnly { get; init; } = [];

    /// <summary>
    /// Whether the magnitudes of the gradients at each class's logit are summed over the whole training, from regions of the class and from others, for the
    /// figure of a run's statistics. Default false.
    /// </summary>
    [TrainerOption]
    public bool GradientStatistics { get; init; }

    /// <summary>Threads that prepare batches. Default 2.</summary>
    [TrainerOption(MayChange = true), Range(1, 256)]
    public int LoaderThreads { get; init; } = 2;
}
