using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Tests.Images;

/// <summary>
/// Files of a few pixels with what Pillow 9.4 makes of them (<c>ImageOps.exif_transpose</c>, <c>convert("RGB")</c>); of 16 bits, where Pillow differs from
/// format to format, the upper eight. <c>Fixtures/pillow.txt</c> has three lines a file: name, width and height; the file; its pixels.
/// </summary>
public sealed class PillowPixelTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Images", "Fixtures", "pillow.txt"));

    public static TheoryData<string> Names => [.. Lines.Where((_, line) => line % 3 == 0).Select(line => line.Split(' ')[0])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_AreThoseOfPillow(string name)
    {
        var (width, height, file, pixels) = Fixture(name);
        using var stream = new MemoryStream(file);
        var image = ImageDecoder.Read(stream, name);
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(pixels, image.Pixels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSize_IsThatOfThePixels(string name)
    {
        using var folder = new TempFolder();
        var (width, height, file, _) = Fixture(name);
        File.WriteAllBytes(folder[name], file);
        Assert.Equal((height, width), ImageDecoder.ReadSize(folder[name]));
    }

    /// <summary>A file and its pixels.</summary>
    internal static (int Width, int Height, byte[] File, byte[] Pixels) Fixture(string name)
    {
        var at = Array.FindIndex(Lines, line => line.StartsWith(name + " ", StringComparison.Ordinal));
        var size = Lines[at].Split(' ');
        return (int.Parse(size[1]), int.Parse(size[2]), Convert.FromBase64String(Lines[at + 1]), Convert.FromBase64String(Lines[at + 2]));
    }
}
