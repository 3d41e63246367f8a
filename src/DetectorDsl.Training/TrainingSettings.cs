namespace DetectorDsl.Training;

/// <summary>How long and in which portions a model is trained.</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the data, more than 0; fractions are allowed.</summary>
    public double Epochs { get; init; } = 12;

    /// <summary>Images of a micro-step, at least 1.</summary>
    public int BatchSize { get; init; } = 2;

    /// <summary>Whether portrait and landscape images are shown in batches of their own, as far as an epoch allows.</summary>
    public bool GroupByAspectRatio { get; init; }

    /// <summary>Micro-steps whose gradients make one optimizer update, at least 1.</summary>
    public int AccumulationSteps { get; init; } = 1;

    /// <summary>Micro-steps from one log line to the next, at least 1.</summary>
    public int LogEvery { get; init; } = 50;

    /// <summary>Epochs from one checkpoint to the next, fractions allowed; 0 writes one at the end only.</summary>
    public double CheckpointEvery { get; init; } = 1;

    /// <summary>Threads that prepare batches, at least 1. They change the speed, never a result.</summary>
    public int LoaderThreads { get; init; } = 2;

    /// <summary>Seed of everything random in the run.</summary>
    public long Seed { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="TrainingException">A number is out of its range; the message names it.</exception>
    internal void Check()
    {
        Require(Epochs > 0 && double.IsFinite(Epochs), nameof(Epochs), Epochs, "more than 0");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(AccumulationSteps >= 1, nameof(AccumulationSteps), AccumulationSteps, "at least 1");
        Require(LogEvery >= 1, nameof(LogEvery), LogEvery, "at least 1");
        Require(CheckpointEvery >= 0 && double.IsFinite(CheckpointEvery), nameof(CheckpointEvery), CheckpointEvery, "0 or more");
        Require(LoaderThreads >= 1, nameof(LoaderThreads), LoaderThreads, "at least 1");
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
        {
            throw new TrainingException(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {value} and must be {range}.")
            );
        }
    }
}
