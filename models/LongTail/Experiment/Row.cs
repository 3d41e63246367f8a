using DetectorDsl.Hosting.Trainers;

namespace LongTail.Experiment;

/// <summary>How the training images of a run are drawn.</summary>
internal enum Sampling
{
    /// <summary>Each once per epoch.</summary>
    Random,

    /// <summary>Repeat factor sampling.</summary>
    RepeatFactor,
}

/// <summary>A row of the tables: a way to classify.</summary>
/// <param name="Name">Its name on the command line, which is its declaration's.</param>
/// <param name="Title">What the tables call it.</param>
/// <param name="Random">Makes the trainer of its declaration.</param>
/// <param name="RepeatFactor">Makes the trainer of its declaration with repeat factor sampling; null where there is none.</param>
internal sealed record Row(string Name, string Title, Func<DetectorTrainer> Random, Func<DetectorTrainer>? RepeatFactor = null)
{
    /// <summary>The trainer of the row under a sampler; null where the row has none.</summary>
    public DetectorTrainer? Trainer(Sampling sampling) => sampling == Sampling.Random ? Random() : RepeatFactor?.Invoke();
}
