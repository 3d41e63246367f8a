using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Augmentation;

public sealed class AugmentationPipelineTests
{
    /// <summary>All there is, each certain to happen.</summary>
    private static readonly IAugmentation[] Every =
    [
        new RelativeCrop(0.5, 0.9, false, 0.1, true),
        new MinIouCrop([0.1, 0.5], 0.3, 2, 0.1, true),
        new LargeScaleJitter(24, 24, 0.3, 1.5, 128, 0.1, true),
        new HorizontalFlip(0.5),
        new PhotometricDistortion(1, 32, 0.5, 1.5, 0.5, 1.5, 18, true),
        new CopyPaste(1, 100, 0.1),
        new Mosaic(20, 20, 1, 0.5, 1.5, 114, 0.1, true),
        new RandomCrop(24, 24, false, 0.1, true),
    ];

    [Fact]
    public void Partners_PassWhatStandsBefore_AndNothingElse()
    {
        // Sample i is 8 x 8 of value i; the first step adds 100 to its id, the partner-taker joins the ids, the last step adds 1000.
        var taker = new Taker();
        var pipeline = new AugmentationPipeline(5, index => Plain(index, 8, 8), [new AddToId(100), taker, new AddToId(1000)]);
        var drawn = Enumerable
            .Range(0, 500)
            .Select(seed =>
            {
                Assert.Equal(1103, pipeline.Make(3, RandomSource.For(seed)).ImageId);
                return taker.Taken!.ImageId;
            })
            .CountBy(id => id)
            .ToDictionary();
        Assert.Equal([100, 101, 102, 103, 104], drawn.Keys.Order());
        Assert.All(drawn.Values, count => Assert.InRange(count, 65, 140));
    }

    [Fact]
    public void APartnersNumbers_AreNotTheSamples()
    {
        // However many numbers the partner takes, the sample goes on with the same ones.
        static double After(int numbers)
        {
            var last = new TakeNumbers(1);
            new AugmentationPipeline(
                2,
                index => Plain(index, 8, 8),
                [new TakeNumbers(numbers, partnersOnly: true), new Taker(), last]
            ).Make(0, RandomSource.For(7));
            return last.Last;
        }

        Assert.Equal(After(0), After(5));
    }

    [Fact]
    public void TheSameSeed_IsTheSameSample_AndAnotherIsNot()
    {
        var pipeline = new AugmentationPipeline(3, index => Painted(index, 30, 20 + (5 * index)), Every);
        for (var index = 0; index < 3; index++)
        {
            var made = Enumerable.Range(0, 10).Select(seed => Text(pipeline.Make(index, RandomSource.For(seed)))).ToList();
            Assert.Equal(
                made,
                Enumerable.Range(0, 10).Reverse().Select(seed => Text(pipeline.Make(index, RandomSource.For(seed)))).Reverse()
            );
            Assert.Equal(10, made.Distinct().Count());
        }
    }

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Every.Length)];

    /// <summary>Samples at the edge of what there is, with sound ones and with their like as partners.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void OddSamples_PassEveryAugmentation(int which)
    {
        Sample[] odd =
        [
            Plain(1, 1, 1),
            Plain(2, 1, 40),
            Plain(3, 40, 1),
            Plain(4, 30, 30),
            Plain(5, 1, 1) with
            {
                Objects =
                [
                    new SampleObject(
                        new Box(0, 0, 1, 1),
                        2,
                        new PolygonSegmentation([
                            [0, 0, 1, 0, 1, 1, 0, 1],
                        ])
                    ),
                ],
            },
            Plain(6, 30, 30) with
            {
                Objects =
                [
                    new SampleObject(new Box(29, 29, 1, 1), 2, new RleSegmentation(RleMask.FromBitmap([.. new byte[899], 1], 30, 30))),
                ],
            },
            Plain(7, 30, 30) with
            {
                Objects =
                [
                    new SampleObject(new Box(3, 3, 9, 9), 2, new PolygonSegmentation([])),
                    new SampleObject(new Box(3, 3, 9, 9), 1, new RleSegmentation(RleMask.FromBitmap(new byte[900], 30, 30))),
                ],
            },
            Plain(8, 30, 30) with
            {
                Objects = [new SampleObject(new Box(3, 3, 0, 9), 2, null)],
                Crowds = [new Box(0, 0, 30, 30), new Box(5, 5, 0, 0)],
            },
            Painted(9, 30, 30),
        ];
        for (var seed = 0; seed < 40; seed++)
        {
            var pipeline = new AugmentationPipeline(odd.Length, index => odd[index], [Every[which]]);
            for (var index = 0; index < odd.Length; index++)
            {
                AssertSound(pipeline.Make(index, RandomSource.For(seed, index)), odd[index]);
            }
        }
    }

    [Fact]
    public void ImagesOfWhichAllObjectsVanish_HaveNone()
    {
        // One object in a corner of 2 x 2 pixels, of which all has to be left: small parts elsewhere have none of it.
        var sample = Plain(1, 40, 40) with
        {
            Objects =
            [
                new SampleObject(
                    new Box(38, 38, 2, 2),
                    0,
                    new PolygonSegmentation([
                        [38, 38, 40, 38, 40, 40, 38, 40],
                    ])
                ),
            ],
        };
        Assert.Contains(Enumerable.Range(0, 20), seed =>
            new RandomCrop(8, 8, true, 1, true).Apply(sample, RandomSource.For(seed)).Objects.Count == 0
        );
        Assert.Empty(new LargeScaleJitter(40, 40, 0.1, 0.1, 0, 0, true).Apply(sample, RandomSource.For(0)).Objects);
    }

    // Boxes and masks lie in the image, boxes are thick enough where anything was cut, and masks are of the image's size.
    private static void AssertSound(Sample sample, Sample original)
    {
        var (height, width) = (sample.Image.Height, sample.Image.Width);
        Assert.Equal(height * width * 3, sample.Image.Pixels.Length);
        Assert.All(sample.Objects.Except(original.Objects), item =>
        {
            Assert.True(
                item.Box.X >= 0
                    && item.Box.Y >= 0
                    && item.Box.X + item.Box.Width <= width + 1e-9
                    && item.Box.Y + item.Box.Height <= height + 1e-9,
                $"{item.Box}"
            );
            var mask = item.Segmentation?.ToMask(height, width);
            Assert.Equal((height, width), (mask?.Height ?? height, mask?.Width ?? width));
        });
        Assert.All(sample.Crowds.Except(original.Crowds), crowd =>
            Assert.True(
                crowd.X >= 0 && crowd.Y >= 0 && crowd.X + crowd.Width <= width + 1e-9 && crowd.Y + crowd.Height <= height + 1e-9,
                $"{crowd}"
            )
        );
    }

    private static string Text(Sample sample) =>
        $"{Convert.ToHexString(sample.Image.Pixels)} {string.Join(' ', sample.Objects.Select(item => $"{item.Label} {item.Box} {item.Segmentation?.ToMask(sample.Image.Height, sample.Image.Width).ToText()}"))}";

    private static Sample Plain(int id, int height, int width) =>
        new(id, new RgbImage(height, width, [.. Enumerable.Repeat((byte)id, height * width * 3)]), height, width, [], []);

    private static Sample Painted(int id, int height, int width)
    {
        var pixels = new byte[height * width * 3];
        new Random(id).NextBytes(pixels);
        return new Sample(
            id,
            new RgbImage(height, width, pixels),
            height,
            width,
            [
                new SampleObject(
                    new Box(2, 3, 12, 14),
                    0,
                    new PolygonSegmentation([
                        [2, 3, 14, 3, 14, 17, 8, 9, 2, 17],
                    ])
                ),
                new SampleObject(new Box(10, 10, 8, 8), 1, new RleSegmentation(RleMask.FromBox(new Box(10, 10, 8, 8), height, width))),
                new SampleObject(new Box(5, 15, 9, 9), 2, null),
            ],
            [new Box(0, 0, 6, 6)]
        );
    }

    private sealed class AddToId(long number) : IAugmentation
    {
        public Sample Apply(Sample sample, RandomSource random, IPartners partners) => sample with { ImageId = sample.ImageId + number };
    }

    private sealed class Taker : IAugmentation
    {
        public Sample? Taken { get; private set; }

        public Sample Apply(Sample sample, RandomSource random, IPartners partners)
        {
            Taken = partners.Draw(random);
            return sample;
        }
    }

    /// <summary>The sample itself comes first; whoever comes after it is a partner.</summary>
    private sealed class TakeNumbers(int numbers, bool partnersOnly = false) : IAugmentation
    {
        private int seen;

        public double Last { get; private set; }

        public Sample Apply(Sample sample, RandomSource random, IPartners partners)
        {
            for (var i = 0; i < numbers && (!partnersOnly || seen > 0); i++)
            {
                Last = random.NextDouble();
            }

            seen++;
            return sample;
        }
    }
}
