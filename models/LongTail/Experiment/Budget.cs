using System.Collections.Immutable;

namespace LongTail.Experiment;

/// <summary>How much is trained.</summary>
/// <param name="Name">What the results call it.</param>
/// <param name="Epochs">Passes over the training images with the random sampler; every sampler gets as many steps.</param>
/// <param name="PretrainingEpochs">Epochs of the pretraining.</param>
/// <param name="TuningSeed">The seed on which learning rates are tried.</param>
/// <param name="Seeds">The seeds that count, none of which was used before.</param>
/// <param name="LearningRates">Tried for every row.</param>
internal sealed record Budget(
    string Name,
    double Epochs,
    double PretrainingEpochs,
    long TuningSeed,
    ImmutableArray<long> Seeds,
    ImmutableArray<double> LearningRates
)
{
    /// <summary>The experiment.</summary>
    public static Budget Full { get; } =
        new(
            "full",
            Epochs: 3,
            PretrainingEpochs: 8,
            TuningSeed: 100,
            Seeds: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
            LearningRates: [2e-3, 4e-3, 8e-3]
        );

    /// <summary>Whether it is the glimpse, on whatever seeds.</summary>
    public bool IsQuick => Name == Quick.Name;

    /// <summary>A glimpse in at most 20 minutes.</summary>
    public static Budget Quick { get; } =
        new("quick", Epochs: 1, PretrainingEpochs: 3, TuningSeed: 100, Seeds: [1, 2], LearningRates: [4e-3]);
}
