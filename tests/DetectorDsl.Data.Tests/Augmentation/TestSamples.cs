using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

/// <summary>Samples of which every number is easy to follow.</summary>
internal static class TestSamples
{
    /// <summary>An image with one triangle (10, 4), (30, 4), (10, 16), one mask of a single pixel at row 2, column 5, and a crowd.</summary>
    public static Sample Of(int height, int width)
    {
        var pixels = new byte[height * width * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i % 251);
        }

        var mask = new byte[height * width];
        mask[(2 * width) + 5] = 1;
        return new Sample(
            7,
            new RgbImage(height, width, pixels),
            height,
            width,
            [
                new SampleObject(
                    new Box(10, 4, 20, 12),
                    3,
                    new PolygonSegmentation([
                        [10, 4, 30, 4, 10, 16],
                    ])
                ),
                new SampleObject(new Box(5, 2, 1, 1), 1, new RleSegmentation(RleMask.FromBitmap(mask, height, width))),
                new SampleObject(new Box(0, 0, 8, 8), 0, null),
            ],
            [new Box(2, 6, 4, 8)]
        );
    }

    public static double[] Ring(SampleObject item) => [.. Assert.Single(Assert.IsType<PolygonSegmentation>(item.Segmentation).Rings)];

    public static RleMask Mask(SampleObject item, RgbImage image) => item.Segmentation!.ToMask(image.Height, image.Width);

    /// <summary>Applies what needs no other sample.</summary>
    public static Sample Apply(this IAugmentation augmentation, Sample sample, RandomSource random) =>
        augmentation.Apply(sample, random, new Others());

    /// <summary>The given samples one after the other, whatever the random numbers.</summary>
    internal sealed class Others(params Sample[] samples) : IPartners
    {
        private int next;

        public Sample Draw(RandomSource random) => samples[next++];
    }
}
