using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Hosting.Reporting;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Reporting;

public sealed class PictureWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Save(string name, Action<Stream> write)
    {
        using var stream = File.Create(folder.File(name));
        write(stream);
    }

    [Fact]
    public void MaskTintsTheObject_AndTheRestStaysAsItIs()
    {
        // Scale 480 / 240 = 2. Class 0 is drawn in hue 0: red 255, green and blue 15 % of it; half of it over grey 128 gives about (191, 83, 83).
        Save("drawn.jpg", stream =>
            PictureWriter.Write(
                stream,
                Grey(240, 320),
                [new DrawnObject(0, "", new Box(100, 100, 80, 60), RleMask.FromBox(new Box(100, 100, 80, 60), 240, 320))]
            )
        );

        var picture = ImageDecoder.Read(folder.File("drawn.jpg"));
        Assert.Equal((480, 640), (picture.Height, picture.Width));
        AssertNear((191, 83, 83), picture, 280, 260);
        AssertNear((128, 128, 128), picture, 500, 60);
    }

    [Fact]
    public void LabelsAreLegible_OnAMachineWithoutFonts()
    {
        var image = Grey(480, 480);
        Save("blank.jpg", stream =>
            PictureWriter.Write(stream, image, [new DrawnObject(0, "        ", new Box(100, 200, 200, 200), null)])
        );
        Save("labelled.jpg", stream =>
            PictureWriter.Write(stream, image, [new DrawnObject(0, "cat 0.97", new Box(100, 200, 200, 200), null)])
        );

        // Above the box, where the label lies: its ground is red, its strokes are white.
        Assert.Equal(0, CountBright(ImageDecoder.Read(folder.File("blank.jpg"))));
        Assert.InRange(CountBright(ImageDecoder.Read(folder.File("labelled.jpg"))), 40, 400);

        static int CountBright(RgbImage picture) =>
            Enumerable
                .Range(0, 100 * 20)
                .Count(i =>
                {
                    var at = (((180 + (i / 100)) * picture.Width) + 100 + (i % 100)) * 3;
                    return picture.Pixels[at] > 200 && picture.Pixels[at + 1] > 150 && picture.Pixels[at + 2] > 150;
                });
    }

    [Fact]
    public void Comparison_HoldsBothHalves()
    {
        var truth = new DrawnObject(0, "", new Box(50, 50, 100, 100), RleMask.FromBox(new Box(50, 50, 100, 100), 240, 240));
        Save("both.jpg", stream => PictureWriter.WriteComparison(stream, Grey(240, 240), [truth], []));

        // Two halves of 480 with 8 between them, 24 for the heads.
        var picture = ImageDecoder.Read(folder.File("both.jpg"));
        Assert.Equal((504, 968), (picture.Height, picture.Width));
        AssertNear((191, 83, 83), picture, 200, 24 + 200);
        AssertNear((128, 128, 128), picture, 488 + 200, 24 + 200);
        AssertNear((255, 255, 255), picture, 484, 250);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2000)]
    public void AbsurdSizes_AreDrawn(int height, int width)
    {
        Save("odd.jpg", stream =>
            PictureWriter.WriteComparison(
                stream,
                Grey(height, width),
                [new DrawnObject(1, "a very long name of a class 1.00", new Box(-50, -50, 5000, 5000), null)],
                [new DrawnObject(2, "é", new Box(0, 0, 0, 0), null)]
            )
        );
        Assert.True(new FileInfo(folder.File("odd.jpg")).Length > 0);
    }

    private static void AssertNear((int Red, int Green, int Blue) color, RgbImage picture, int x, int y)
    {
        var at = ((y * picture.Width) + x) * 3;
        var (red, green, blue) = (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]);
        Assert.True(
            Math.Abs(red - color.Red) <= 6 && Math.Abs(green - color.Green) <= 6 && Math.Abs(blue - color.Blue) <= 6,
            $"({red}, {green}, {blue}) at {x}, {y} instead of {color}"
        );
    }

    private static RgbImage Grey(int height, int width)
    {
        var pixels = new byte[height * width * 3];
        Array.Fill(pixels, (byte)128);
        return new RgbImage(height, width, pixels);
    }
}
