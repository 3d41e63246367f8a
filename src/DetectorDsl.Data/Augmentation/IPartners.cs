using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>Samples of the same data set, changed by the augmentations that came before.</summary>
public interface IPartners
{
    /// <summary>Draws one: any of the data set, each alike often.</summary>
    /// <param name="random">Stream of the sample that asks; says which one is drawn, and begins the drawn one's own stream.</param>
    /// <returns>The drawn sample.</returns>
    /// <exception cref="Images.ImageException">Its image cannot be read; the message names id and file.</exception>
    Sample Draw(RandomSource random);
}
