using System.Collections.Immutable;
using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Evaluation;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.Trainers;

/// <summary>What the command line needs to know of a declared detector; one is generated per declaration.</summary>
public abstract class DetectorTrainer
{
    /// <summary>Name of the declaration.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence on the declaration, shown by <c>--help</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>Layers, shapes, parameters and floating-point operations as text, shown by <c>describe</c>.</summary>
    public abstract string Description { get; }

    /// <summary>What a checkpoint of the model holds: names, shapes and types of all tensors, shown by <c>describe --state</c>.</summary>
    public abstract string State { get; }

    /// <summary>The resolved configuration as JSON.</summary>
    public abstract string Configuration { get; }

    /// <summary>Hash of the resolved configuration; goes into checkpoints and logs.</summary>
    public abstract string ConfigurationHash { get; }

    /// <summary>The C categories in label order.</summary>
    public abstract ImmutableArray<Category> Categories { get; }

    /// <summary>By whose rules the detector is scored.</summary>
    public abstract EvaluationRules Rules { get; }

    /// <summary>The declaration's own options; the same objects at every call.</summary>
    public abstract IReadOnlyList<Option> Options { get; }

    /// <summary>Those of <see cref="Options" /> that matter to a trained detector, offered by <c>evaluate</c> and <c>predict</c>; all by default.</summary>
    public virtual IReadOnlyList<Option> InferenceOptions => Options;

    /// <summary>What other software calls the layers of the model.</summary>
    public abstract ModelNames Names { get; }

    /// <summary>Makes the model with fresh weights.</summary>
    /// <returns>The model, to be disposed.</returns>
    public abstract nn.Module CreateModel();

    /// <summary>A detector around a model as it is, with the declared options, on the CPU; shows whether a machine can compute it.</summary>
    /// <param name="model">The model, from <see cref="CreateModel" />.</param>
    /// <returns>The detector, to be disposed with the model; null where the trainer has none without trained weights.</returns>
    public virtual IImageDetector? OpenUntrained(nn.Module model) => null;

    /// <summary>Trains, and leaves the last checkpoint in the output folder.</summary>
    /// <param name="request">Data, output, device, seed and options.</param>
    /// <param name="cancellation">Ends the training after the current step; a checkpoint is written and the method returns.</param>
    /// <exception cref="Training.TrainingException">Training cannot start or go on.</exception>
    public abstract void Train(TrainingRequest request, CancellationToken cancellation);

    /// <summary>The batches that training would be shown; no model is made.</summary>
    /// <param name="arguments">Holds the values of the declaration's own options.</param>
    /// <param name="data">The training images.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <returns>The batches, by number.</returns>
    /// <exception cref="Training.TrainingException">The data does not fit the detector.</exception>
    public abstract TrainingBatches OpenBatches(ParseResult arguments, DetectionDataset data, long seed);

    /// <summary>Opens a trained detector.</summary>
    /// <param name="arguments">Holds the values of the declaration's own options.</param>
    /// <param name="device">Where it is to run.</param>
    /// <param name="checkpoint">File with its weights, every one of them.</param>
    /// <returns>The detector, to be disposed.</returns>
    /// <exception cref="WeightsException">The file cannot be used.</exception>
    public abstract IImageDetector Open(ParseResult arguments, Device device, WeightsSource checkpoint);

    /// <summary>Provides the data that the declaration names, where it names any and the command line names none.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends the preparation.</param>
    /// <returns>The data folder; null where the declaration names none.</returns>
    public virtual string? PrepareDefaultData(IProgress<double> progress, CancellationToken cancellation) => null;
}
