using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.Naming;

/// <summary>How the first convolution of a file has to change to take a model's pixels: another order of colours, another scale. Both are exact, since the
/// zeros around an image stand for the mean either way; another mean is not.</summary>
/// <param name="isReversed">Whether the file's network takes blue, green, red.</param>
/// <param name="factors">Of each of the model's channels, what its weights are multiplied by: the model's std / the file's.</param>
internal sealed class PixelChange(bool isReversed, ImmutableArray<double> factors)
{
    // Means are written with two to five digits.
    private const double SameMean = 0.01;

    private static readonly ImmutableArray<double> CaffeMean = [103.53, 116.28, 123.675];

    /// <summary>From Caffe's pixels; null where the model's mean is another.</summary>
    public static PixelChange? FromCaffe(ModelNames names) => From(CaffeMean, [1, 1, 1], names);

    /// <summary>From a file's stated pixels; null where the model's mean is another.</summary>
    /// <param name="mean">Mean of the file's three channels in their order.</param>
    /// <param name="std">Their stds.</param>
    /// <param name="names">States the model's pixels.</param>
    public static PixelChange? From(ImmutableArray<double> mean, ImmutableArray<double> std, ModelNames names)
    {
        var (asTheyAre, reversed) = (IsSame(mean, names.Mean), IsSame([.. mean.Reverse()], names.Mean));
        return asTheyAre || reversed
            ? new PixelChange(!asTheyAre, [.. (asTheyAre ? std : std.Reverse()).Zip(names.Std, (file, model) => model / file)])
            : null;
    }

    /// <summary>The weights as the model takes them.</summary>
    /// <param name="weight">Filters x 3 x height x width.</param>
    public Tensor Apply(Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var channels = isReversed ? weight.flip(1) : weight;
        return (channels.to(ScalarType.Float64) * tensor(factors.ToArray(), [1, 3, 1, 1])).to(weight.dtype).MoveToOuterDisposeScope();
    }

    private static bool IsSame(ImmutableArray<double> one, ImmutableArray<double> other) =>
        one.Zip(other, (a, b) => Math.Abs(a - b)).All(difference => difference < SameMean);
}
