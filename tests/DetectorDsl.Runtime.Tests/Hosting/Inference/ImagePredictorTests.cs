using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Inference;
using SkiaSharp;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class ImagePredictorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly KnowingDetector detector = new(null);

    public ImagePredictorTests() => TinyData.WriteSplit(folder.Path, "val", 2);

    private string Image => folder.File("val/image0.png");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PathStreamAndBitmap_GiveTheSame()
    {
        using var predictor = new ImagePredictor(detector);
        using var stream = File.OpenRead(Image);
        using var bitmap = SKBitmap.Decode(Image);

        var found = new[]
        {
            predictor.Predict(Image),
            predictor.Predict(stream),
            predictor.Predict(bitmap),
            predictor.Predict(ImageDecoder.Read(Image)),
        };

        // 80 x 60 pixels: the upper left quarter.
        Assert.All(found, image => Assert.Equal([0, 0, 40, 30], image.Boxes));
        Assert.All(found, image => Assert.Equal((60, 80), (image.Shape.OriginalHeight, image.Shape.OriginalWidth)));
        Assert.True(stream.CanRead);
        Assert.NotEqual(IntPtr.Zero, bitmap.Handle);
    }

    [Fact]
    public void Image_IsResizedAndPadded()
    {
        var own = new KnowingDetector(null) { Preparation = new([0, 0, 0], [1, 1, 1], 32, 90, 200) };
        using var predictor = new ImagePredictor(own);

        var found = predictor.Predict(Image);

        // 80 x 60, short side to 90: 120 x 90; padded to multiples of 32.
        Assert.Equal((90, 120), (found.Shape.Height, found.Shape.Width));
        Assert.Equal([(1, 96L, 128L)], own.Batches);
    }

    [Fact]
    public void ManyThreads_TheDetectorWorksOnOneImageAtATime()
    {
        using var predictor = new ImagePredictor(detector);
        string[] files = [Image, folder.File("val/image1.png")];
        var failures = 0;

        using var start = new Barrier(8);
        var threads = Enumerable
            .Range(0, 8)
            .Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 8; i++)
                {
                    var image = predictor.Predict(files[i % 2]);
                    if (!image.Boxes.SequenceEqual(i % 2 == 0 ? new float[] { 0, 0, 40, 30 } : [0, 0, 30, 40]))
                    {
                        Interlocked.Increment(ref failures);
                    }
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(0, failures);
        Assert.Equal(64, detector.Batches.Count);
        Assert.Equal(1, detector.MostAtOnce);
    }

    [Fact]
    public void Disposal_FreesTheDetectorAndRefusesLaterCalls()
    {
        var predictor = new ImagePredictor(detector);
        predictor.Dispose();
        predictor.Dispose();

        Assert.True(detector.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(Image));
    }

    [Fact]
    public void DisposalInTheMiddle_EveryCallEndsWellOrSaysSo()
    {
        var predictor = new ImagePredictor(detector);
        var (done, refused) = (0, 0);
        var threads = Enumerable
            .Range(0, 4)
            .Select(_ => new Thread(() =>
            {
                for (var i = 0; i < 20; i++)
                {
                    try
                    {
                        predictor.Predict(Image);
                        Interlocked.Increment(ref done);
                    }
                    catch (ObjectDisposedException)
                    {
                        Interlocked.Increment(ref refused);
                    }
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        SpinWait.SpinUntil(() => Volatile.Read(ref done) > 5);
        predictor.Dispose();
        threads.ForEach(thread => thread.Join());

        Assert.Equal(80, done + refused);
        Assert.Equal(detector.Batches.Count, done);
    }

    [Fact]
    public void Cancelled_ThrowsBeforeTheDetectorBegins()
    {
        using var predictor = new ImagePredictor(detector);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => predictor.Predict(Image, cancelled.Token));
        Assert.Empty(detector.Batches);
    }

    [Fact]
    public void UnreadableImage_IsNamed()
    {
        using var predictor = new ImagePredictor(detector);
        File.WriteAllText(folder.File("bad.jpg"), "no picture");

        Assert.Contains(
            folder.File("bad.jpg"),
            Assert.Throws<ImageException>(() => predictor.Predict(folder.File("bad.jpg"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            folder.File("gone.jpg"),
            Assert.Throws<ImageException>(() => predictor.Predict(folder.File("gone.jpg"))).Message,
            StringComparison.Ordinal
        );
    }
}
