using System.Collections.Immutable;

namespace DetectorDsl.Training;

/// <summary>Receives what a run has to tell a person.</summary>
public interface ITrainingProgress
{
    /// <summary>Called every few steps, on the training thread.</summary>
    /// <param name="now">Where the run is.</param>
    void Step(TrainingProgress now);

    /// <summary>Called for events: a checkpoint written, training resumed.</summary>
    /// <param name="text">One line.</param>
    void Message(string text);
}

/// <summary>Where a run is.</summary>
/// <param name="Step">Micro-steps done.</param>
/// <param name="Of">Micro-steps of the whole run.</param>
/// <param name="Epoch">Passes over the data done.</param>
/// <param name="Losses">Mean of each loss term since the last call of the same kind, in the order of their declaration.</param>
/// <param name="Total">Sum of those means.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="ImagesPerSecond">Images per second over the same steps.</param>
/// <param name="TimeLeft">Time that the rest takes at the pace so far.</param>
public sealed record TrainingProgress(
    long Step,
    long Of,
    double Epoch,
    ImmutableArray<LossTerm> Losses,
    double Total,
    double LearningRate,
    double ImagesPerSecond,
    TimeSpan TimeLeft
)
{
    /// <summary>Whether the log got a line with the same numbers: worth a line on a screen that cannot be redrawn. True by default.</summary>
    public bool IsLogged { get; init; } = true;
}

/// <summary>A loss term's value.</summary>
/// <param name="Name">Name of the term, such as <c>loss_cls</c>.</param>
/// <param name="Value">Its weighted value.</param>
public readonly record struct LossTerm(string Name, double Value);
