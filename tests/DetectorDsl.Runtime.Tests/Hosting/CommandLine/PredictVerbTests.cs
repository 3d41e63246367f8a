using System.Text.Json;
using DetectorDsl.Data.Images;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class PredictVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PredictVerbTests()
    {
        TinyData.Write(folder.Path);
        CommandLineRun
            .Of(new HandWrittenTrainer(), "train", "--data", folder.Path, "--output", folder.File("out"), "--pictures", "0")
            .Succeeds();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FilesAndFolders_AreDrawnAndListedInOrder()
    {
        var run = Predict(folder.File("train/image2.png"), folder.File("val"));

        run.Succeeds();
        using var list = JsonDocument.Parse(File.ReadAllText(folder.File("out/predictions.json")));
        Assert.Equal(
            [folder.File("train/image2.png"), .. Enumerable.Range(0, 4).Select(i => folder.File($"val/image{i}.png"))],
            list.RootElement.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("file_name").GetString()!)
        );

        // The detector that knows nothing finds one red object in the upper left quarter: image2 of the training images is upright, 60 x 80.
        var first = list.RootElement.GetProperty("annotations")[0];
        Assert.Equal(1, first.GetProperty("image_id").GetInt32());
        Assert.Equal(3, first.GetProperty("category_id").GetInt32());
        Assert.Equal(0.9, first.GetProperty("score").GetDouble(), 6);
        Assert.Equal([0, 0, 30, 40], first.GetProperty("bbox").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(1200, first.GetProperty("area").GetInt32());
        Assert.Equal([80, 60], first.GetProperty("segmentation").GetProperty("size").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(5, list.RootElement.GetProperty("annotations").GetArrayLength());

        // Two images are called image2.
        Assert.Equal(
            ["image0.jpg", "image1.jpg", "image2-2.jpg", "image2.jpg", "image3.jpg"],
            Directory.GetFiles(folder.File("out/predictions")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(480, ImageDecoder.Read(folder.File("out/predictions/image2.jpg")).Width);
    }

    [Fact]
    public void UnreadableImage_IsNamedAndTheOthersArePredicted()
    {
        File.WriteAllText(folder.File("val/image1.png"), "no picture");

        var run = Predict(folder.File("val"));

        Assert.Equal(1, run.Code);
        Assert.Contains("3 objects in 3 images", run.Output, StringComparison.Ordinal);
        Assert.Contains(folder.File("val/image1.png"), run.Output, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(folder.File("out/predictions")).Length);
    }

    [Fact]
    public void MissingImage_IsRefused() => Predict(folder.File("gone.jpg")).Fails(1, folder.File("gone.jpg"));

    [Fact]
    public void FolderWithoutImages_IsRefused()
    {
        Directory.CreateDirectory(folder.File("empty"));
        Predict(folder.File("empty")).Fails(1, folder.File("empty"), ".png");
    }

    [Fact]
    public void Interrupted_EndsWith130()
    {
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();
        CommandLineRun
            .Of([new HandWrittenTrainer()], interruption.Token, "predict", "--output", folder.File("out"), folder.File("val"))
            .Fails(130, "Stopped");
    }

    [Fact]
    public void Interrupted_ItLeavesWhatItHas()
    {
        // The detector that stands in stops the run at its third image.
        using var interruption = new CancellationTokenSource();
        var seen = 0;
        var trainer = new HandWrittenTrainer
        {
            Seen = () =>
            {
                if (Interlocked.Increment(ref seen) == 3)
                {
                    interruption.Cancel();
                }
            },
        };
        var run = CommandLineRun.Of(
            [trainer],
            interruption.Token,
            ["predict", "--output", folder.File("out"), .. Enumerable.Repeat(folder.File("val"), 20)]
        );
        run.Fails(130, "Stopped");
        Assert.Matches("[1-9][0-9]* objects in [1-9][0-9]* of 80 images", run.Output);
        using var list = JsonDocument.Parse(File.ReadAllText(folder.File("out/predictions.json")));
        Assert.InRange(list.RootElement.GetProperty("images").GetArrayLength(), 1, 40);
    }

    [Fact]
    public void APictureBeyondTheEncodersLimit_IsScaled()
    {
        using (
            var wide = new SkiaSharp.SKBitmap(
                new SkiaSharp.SKImageInfo(70_000, 2, SkiaSharp.SKColorType.Rgba8888, SkiaSharp.SKAlphaType.Opaque)
            )
        )
        using (var file = File.Create(folder.File("val/wide.png")))
        {
            wide.Encode(file, SkiaSharp.SKEncodedImageFormat.Png, 100);
        }

        Predict(folder.File("val")).Succeeds();
        Assert.Equal(32_000, ImageDecoder.Read(folder.File("out/predictions/wide.jpg")).Width);
        using var list = JsonDocument.Parse(File.ReadAllText(folder.File("out/predictions.json")));
        Assert.Equal(5, list.RootElement.GetProperty("images").GetArrayLength());
    }

    [Theory]
    [InlineData("a\u001b[2Jb.png", "a_[2Jb.jpg")]
    [InlineData("a\nb<svg onload=1>.png", "a_b_svg onload=1_.jpg")]
    [InlineData("-rf.png", "_-rf.jpg")]
    [InlineData("nul.tar.png", "_nul.tar.jpg")]
    [InlineData("caf\u00e9 1.png", "caf\u00e9 1.jpg")]
    [InlineData("\u202ecod.png", "_cod.jpg")]
    public void NamesOfPictures_AreSafe(string file, string expected) =>
        Assert.Equal([expected], DetectorDsl.Hosting.CommandLine.PictureNames.Of([file]));

    private CommandLineRun Predict(params string[] images) =>
        CommandLineRun.Of(new HandWrittenTrainer(), ["predict", "--output", folder.File("out"), .. images]);
}
