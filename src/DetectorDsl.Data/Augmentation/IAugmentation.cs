using DetectorDsl.Structures;

namespace DetectorDsl.Data.Augmentation;

/// <summary>A change of an image and of its objects. May be used on several threads at once.</summary>
public interface IAugmentation
{
    /// <summary>Applies the change.</summary>
    /// <param name="sample">The sample; stays as it is.</param>
    /// <param name="random">The sample's own stream of random numbers.</param>
    /// <param name="partners">Other samples, for changes that join several.</param>
    /// <returns>The changed sample.</returns>
    Sample Apply(Sample sample, RandomSource random, IPartners partners);
}
