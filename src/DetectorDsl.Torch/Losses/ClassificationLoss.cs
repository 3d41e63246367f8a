using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>
/// Loss over the classes of sampled regions. A concrete loss has a typed <c>forward(logits, labels, weights, averageFactor)</c> that returns one
/// tensor for each of its terms.
/// </summary>
/// <remarks>Labels: 0 to C - 1 for the classes, C for background.</remarks>
public abstract class ClassificationLoss : nn.Module
{
    /// <summary>Names the loss.</summary>
    /// <param name="classes">C, foreground classes.</param>
    protected ClassificationLoss(int classes)
        : base(nameof(ClassificationLoss)) => Classes = classes;

    /// <summary>C, foreground classes.</summary>
    public int Classes { get; }

    /// <summary>Adds up over processes what the loss counts; null, the default, where each process counts for itself.</summary>
    public IProcessSum? Processes { get; set; }

    /// <summary>Sums of the gradients at the classes' logits; null, the default, where none are kept.</summary>
    public GradientStatistics? Statistics { get; set; }

    /// <summary>Logits that the loss needs per region.</summary>
    public abstract int LogitCount { get; }

    /// <summary>Turns logits into scores.</summary>
    /// <param name="logits">R x LogitCount.</param>
    /// <returns>R x (C + 1), background last.</returns>
    public abstract Tensor Scores(Tensor logits);

    /// <summary>Column of each class among the logits, C numbers; null, the default, where the first C are theirs.</summary>
    /// <returns>The columns.</returns>
    public virtual long[]? ClassColumns() => null;

    /// <summary>Logits whose gradient <see cref="Statistics" /> sees; the same ones where none are kept.</summary>
    /// <param name="logits">LogitCount of each of R regions, or of each place of each image.</param>
    /// <param name="labels">R labels, 0 to C.</param>
    /// <returns>The logits for all that is computed from them.</returns>
    public Tensor Watched(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return Statistics is { } statistics
            ? LogitWatch.Apply(logits, labels, (gradient, ofRegions) =>
                statistics.Add(gradient.reshape(-1, LogitCount), ofRegions, ClassColumns(), Processes)
            )
            : logits;
    }

    /// <summary>Takes in how often each class occurs in the training data; a loss that weighs classes by it is told before the first step. Does nothing by default.</summary>
    /// <param name="frequencies">The counts.</param>
    public virtual void LearnFrequencies(ClassFrequencies frequencies) { }

    /// <summary>What its thresholds reach in the training data, for people; a run says it at its start. Nothing by default.</summary>
    /// <returns>Sentences.</returns>
    public virtual IReadOnlyList<string> Describe() => [];

    /// <summary>Refuses counts of another number of classes.</summary>
    /// <param name="frequencies">The counts.</param>
    /// <exception cref="ArgumentException">They are not of C classes.</exception>
    protected void CheckClasses(ClassFrequencies frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        if (frequencies.Classes != Classes)
        {
            throw new ArgumentException(
                $"Counts of {Classes} classes are needed, those of {frequencies.Classes} are given.",
                nameof(frequencies)
            );
        }
    }

    /// <summary>Refuses a step of a loss that has not been told the class frequencies.</summary>
    /// <param name="informed">Whether it has.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    protected void CheckInformed(bool informed)
    {
        if (!informed)
        {
            throw new InvalidOperationException(
                $"{GetType().Name} weighs classes by how often they occur: call {nameof(LearnFrequencies)} with the training data's counts before the first step."
            );
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Statistics?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
