using DetectorDsl.Data.Images;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Runtime.Tests.Hosting.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class PreviewVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PreviewVerbTests() => TinyData.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BatchesAreDrawn_WithoutWeights_AndOldPicturesGo()
    {
        var run = Preview("--batches", "3").Succeeds();
        Assert.Contains("3 batches drawn in", run.Output, StringComparison.Ordinal);
        Assert.Equal(["batch-0000.png", "batch-0001.png", "batch-0002.png"], Pictures());
        Assert.False(File.Exists(folder.File("out/last.safetensors")));

        // Two landscape images of 80 x 60, padded to 96 x 64, seven times enlarged; between them eight pixels.
        var picture = ImageDecoder.Read(folder.File("out/preview/batch-0000.png"));
        Assert.Equal(((96 * 7 * 2) + 8, 64 * 7), (picture.Width, picture.Height));

        Preview("--batches", "1", "--batch-size", "1").Succeeds();
        Assert.Equal(["batch-0000.png"], Pictures());
        Assert.Contains(ImageDecoder.Read(folder.File("out/preview/batch-0000.png")).Height, new[] { 64 * 7, 96 * 7 });
    }

    [Fact]
    public void TheSeedDecides()
    {
        byte[] Drawn(string seed)
        {
            Preview("--batches", "1", "--seed", seed).Succeeds();
            return File.ReadAllBytes(folder.File("out/preview/batch-0000.png"));
        }

        var first = Drawn("1");
        Assert.Equal(first, Drawn("1"));
        Assert.Contains(Enumerable.Range(2, 4), seed => !Drawn($"{seed}").SequenceEqual(first));
    }

    [Fact]
    public void MoreImagesThanFit_AreCounted() =>
        Assert.Contains(
            "the first 36 of 40 images",
            Preview("--batches", "1", "--batch-size", "40").Succeeds().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void WrongNumbersAndFolders_AreRefused()
    {
        Preview("--batches", "0").Fails(2, "--batches 0", "from 1 to 100000");
        CommandLineRun
            .Of(new HandWrittenTrainer(), "preview", "--data", folder.File("gone"), "--output", folder.File("out"))
            .Fails(1, folder.File("gone"));
    }

    [Fact]
    public void ObjectsAndCrowdsAreThoseOfTheBatch()
    {
        using var workshop = new Workshop(2);
        using var batch = workshop.Batches(augmented: false).Build(0, [0]);
        var truth = batch.Truths[0];
        var crowded = batch with { Truths = [truth with { IgnoredBoxes = [1, 2, 5, 9] }] };

        var drawn = BatchPictures.ObjectsOf(crowded, 0, TinyData.Categories);

        // A red rectangle at (4, 6), 30 x 22, a blue one at (30, 34), 26 x 18, on 80 x 60 padded to 80 x 64.
        Assert.Equal(["ignored", "red", "blue, dark"], drawn.Select(item => item.Text));
        Assert.Equal([new(1, 2, 4, 7), new(4, 6, 30, 22), new(30, 34, 26, 18)], drawn.Select(item => item.Box));
        Assert.Equal(
            (64, 80, 660L, drawn[1].Box),
            (drawn[1].Mask!.Height, drawn[1].Mask!.Width, drawn[1].Mask!.Area, drawn[1].Mask!.Bounds)
        );
        Assert.Null(drawn[0].Mask);
    }

    [Fact]
    public void PixelsAreThoseOfTheFile()
    {
        using var workshop = new Workshop(2);
        var builder = workshop.Batches(augmented: false);
        using var batch = builder.Build(0, [1, 0]);
        var image = builder.ImageOf(batch, 0);
        Assert.Equal((80, 80), (image.Height, image.Width));
        Assert.Equal(workshop.Data.Read(1).Image.Pixels, image.Crop(new Annotations.PixelWindow(0, 0, 80, 60)).Pixels);
        Assert.Equal([120, 110, 100], image.Pixels[(60 * 3)..(61 * 3)]);
    }

    private string[] Pictures() =>
        [.. Directory.GetFiles(folder.File("out/preview")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private CommandLineRun Preview(params string[] more) =>
        CommandLineRun.Of(new HandWrittenTrainer(), ["preview", "--data", folder.Path, "--output", folder.File("out"), .. more]);
}
