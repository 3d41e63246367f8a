using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Mirrors left and right.</summary>
/// <param name="probability">Share of samples that are mirrored, 0 to 1.</param>
public sealed class HorizontalFlip(double probability) : IAugmentation
{
    /// <inheritdoc />
    public Sample Apply(Sample sample, RandomSource random, IPartners partners)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() >= probability)
        {
            return sample;
        }

        var width = sample.Image.Width;
        return sample with
        {
            Image = sample.Image.FlipHorizontally(),
            Objects =
            [
                .. sample.Objects.Select(item =>
                    item with
                    {
                        Box = Mirror(item.Box),
                        Segmentation = item.Segmentation?.FlipHorizontally(width),
                    }
                ),
            ],
            Crowds = [.. sample.Crowds.Select(Mirror)],
        };

        Box Mirror(Box box) => box with { X = width - box.X - box.Width };
    }
}
