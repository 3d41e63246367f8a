using System.Globalization;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Hosting.Trainers;

namespace LongTail.Experiment;

/// <summary>One training of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Sampling">How its images are drawn.</param>
/// <param name="Seed">Seed of the training images, their order, augmentation and the fresh weights.</param>
/// <param name="LearningRate">The learning rate.</param>
internal sealed record RowRun(Row Row, Sampling Sampling, long Seed, double LearningRate)
{
    /// <summary>Whether it is trained on images in which all classes are equally frequent: the control.</summary>
    public bool IsBalanced { get; init; }

    /// <summary>What a person calls it.</summary>
    public string Name =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Row.Name}, {(IsBalanced ? "balanced images" : Sampling == Sampling.Random ? "random" : "RFS")}, seed {Seed}, learning rate {LearningRate}"
        );

    /// <summary>The trainer.</summary>
    /// <exception cref="ArgumentException">The row does not have the sampler.</exception>
    public DetectorTrainer Trainer() =>
        Row.Trainer(Sampling)
        ?? throw new ArgumentException(
            $"{Row.Name} has no declaration with repeat factor sampling; rows that have one are {string.Join(", ", Rows.Main.Select(row => row.Name))}."
        );

    /// <summary>Everything that its result depends on.</summary>
    /// <param name="data">The data.</param>
    /// <param name="budget">How long it is trained.</param>
    public RunConfiguration Configuration(TailData data, Budget budget) =>
        RunConfiguration.Of(
            ("row", Row.Name),
            ("sampling", Sampling.ToString()),
            ("seed", Seed.ToString(CultureInfo.InvariantCulture)),
            ("learning_rate", LearningRate.ToString("R", CultureInfo.InvariantCulture)),
            ("training_set", IsBalanced ? "balanced" : "tail"),
            ("epochs", budget.Epochs.ToString("R", CultureInfo.InvariantCulture)),
            ("pretraining_epochs", budget.PretrainingEpochs.ToString("R", CultureInfo.InvariantCulture)),
            ("data", data.Key),
            ("declarations", DeclarationText.HashFor(Row))
        );
}
