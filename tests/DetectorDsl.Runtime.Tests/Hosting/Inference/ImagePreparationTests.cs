using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class ImagePreparationTests
{
    private static readonly ImagePreparation Usual = new([123.675, 116.28, 103.53], [58.395, 57.12, 57.375], 32, 800, 1333);

    [Theory]
    [InlineData(480, 640, 800, 1067)] // 800 / 480 = 1.6667 -> 1066.67
    [InlineData(427, 1280, 445, 1333)] // 1333 / 1280 = 1.0414 -> 444.68
    [InlineData(1, 5000, 1, 1333)] // the short side would vanish
    public void Fit_KeepsTheAspectRatio(int height, int width, int newHeight, int newWidth) =>
        Assert.Equal((newHeight, newWidth), Usual.Fit(height, width));

    /// <summary>torchvision 0.14's own sizes; the quotient in place of the reciprocal would give others for the first three. Of the last it leaves no row and fails.</summary>
    [Theory]
    [InlineData(480, 640, 800, 1066)]
    [InlineData(427, 640, 799, 1199)]
    [InlineData(500, 375, 1066, 799)]
    [InlineData(333, 500, 799, 1201)]
    [InlineData(1, 5000, 1, 1332)]
    public void SidesAreCut_AsTorchvisionCutsThem(int height, int width, int newHeight, int newWidth) =>
        Assert.Equal((newHeight, newWidth), (Usual with { CutSides = true }).Fit(height, width));

    /// <summary>Each is normalised, resized and padded by itself, the colours in single precision all the way.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ColoursAreNotRounded_WhereTheyNeedNotBeWhole(bool flipped)
    {
        TorchLibrary.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        var preparation = Usual with { ShortSide = 40, LongSide = 72, CutSides = true, WholeColours = false };
        var random = new Random(3);
        RgbImage[] images =
        [
            .. new[] { (31, 47), (50, 33) }.Select(size => new RgbImage(size.Item1, size.Item2, new byte[size.Item1 * size.Item2 * 3])),
        ];
        Array.ForEach(images, image => random.NextBytes(image.Pixels));

        using var prepared = PreparedImages.From(
            preparation,
            preparation.Pixels(),
            [(1, images[0]), (2, images[1])],
            [new ImageCopy(1, flipped)]
        );
        var copy = Assert.Single(prepared.Copies);

        Assert.Equal([2, 3, 64, 64], copy.Images.shape);
        Assert.Equal([(31, 47), (50, 33)], copy.Shapes.Select(shape => (shape.OriginalHeight, shape.OriginalWidth)));
        foreach (var (i, image) in images.Index())
        {
            var (height, width) = (copy.Shapes[i].Height, copy.Shapes[i].Width);
            var stored = torch
                .tensor(image.Pixels.Select(value => (double)value).ToArray())
                .view(image.Height, image.Width, 3)
                .permute(2, 0, 1);
            var normalised = (stored - torch.tensor(Usual.Mean.ToArray()).view(3, 1, 1)) / torch.tensor(Usual.Std.ToArray()).view(3, 1, 1);
            var expected = torch.nn.functional.interpolate(
                normalised.to(torch.ScalarType.Float32).unsqueeze(0),
                size: [height, width],
                mode: torch.InterpolationMode.Bilinear,
                align_corners: false
            );
            var seen = copy.Images.narrow(0, i, 1);
            var inside = seen.narrow(2, 0, height).narrow(3, 0, width);
            Assert.InRange(((flipped ? inside.flip(3) : inside) - expected).abs().max().item<float>(), 0, 1e-5f);
            Assert.Equal(
                0,
                seen.narrow(2, height, 64 - height).abs().sum().item<float>() + seen.narrow(3, width, 64 - width).abs().sum().item<float>()
            );
        }
    }

    /// <summary>A model must not see one way of resizing in training and another afterwards.</summary>
    [Theory]
    [InlineData(48, 64)]
    [InlineData(64, 48)]
    [InlineData(7, 91)]
    [InlineData(1, 1)]
    [InlineData(160, 240)]
    public void Inference_SeesTheSamePixelsAsTraining(int height, int width)
    {
        TorchLibrary.EnsureLoaded();
        using var folder = new TemporaryFolder();
        var (side, longSide) = (40, 72);
        var preparation = Usual with { ShortSide = side, LongSide = longSide };
        var pixels = new byte[height * width * 3];
        new Random(3).NextBytes(pixels);
        var image = new RgbImage(height, width, pixels);

        var trained = new Resize([side], longSide).Apply(new Sample(1, image, height, width, [], []), RandomSource.For(0), new Alone());
        using var training = ImageStack.Of([trained.Image], preparation.Pixels());
        using var inference = PreparedImages.From(preparation, preparation.Pixels(), [(1, image)], ImageCopy.Plain);
        var seen = Assert.Single(inference.Copies);

        Assert.Equal(training.shape, seen.Images.shape);
        Assert.True(training.equal(seen.Images).all().item<bool>());
        Assert.Equal((trained.Image.Height, trained.Image.Width), (seen.Shapes[0].Height, seen.Shapes[0].Width));
    }

    /// <summary>The interpolation is the one that the text beside the weights names: torch's, to half a grey value.</summary>
    [Fact]
    public void TheResize_IsTorchsBilinearOne()
    {
        TorchLibrary.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        var pixels = new byte[31 * 47 * 3];
        new Random(3).NextBytes(pixels);
        var resized = (Usual with { ShortSide = 64, LongSide = 100 }).Apply(new RgbImage(31, 47, pixels));
        var input = torch.tensor(pixels.Select(value => (float)value).ToArray()).view(1, 31, 47, 3).permute(0, 3, 1, 2);
        var expected = torch
            .nn.functional.interpolate(
                input,
                size: [resized.Height, resized.Width],
                mode: torch.InterpolationMode.Bilinear,
                align_corners: false
            )
            .permute(0, 2, 3, 1)
            .contiguous()
            .data<float>()
            .ToArray();
        Assert.Equal(expected.Length, resized.Pixels.Length);
        Assert.All(expected.Zip(resized.Pixels), pair => Assert.InRange(pair.First - pair.Second, -0.51f, 0.51f));
    }

    private sealed class Alone : IPartners
    {
        public Sample Draw(RandomSource random) => throw new InvalidOperationException();
    }

    [Fact]
    public void Typed_KeepsOrderBoxesAndMasks()
    {
        var mask = RleMask.FromBox(new Box(1, 1, 2, 2), 10, 10);
        var image = new ImageDetections(new ImageShape(1, 10, 10, 10, 10), [1, 2, 4, 8, 0, 0, 5, 5], [0.9f, 0.4f], [1, 0], [mask, mask]);

        var typed = Detections.Typed(image, label => label == 0 ? DayOfWeek.Sunday : DayOfWeek.Friday);

        Assert.Equal(
            [
                new Detection<DayOfWeek>(DayOfWeek.Friday, 0.9f, new Box(1, 2, 3, 6), mask),
                new Detection<DayOfWeek>(DayOfWeek.Sunday, 0.4f, new Box(0, 0, 5, 5), mask),
            ],
            typed.ToArray()
        );
    }
}
