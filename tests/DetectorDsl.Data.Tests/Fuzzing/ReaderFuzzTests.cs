using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Importing;
using DetectorDsl.Data.Tests.Images;
using DetectorDsl.Fuzzing;

namespace DetectorDsl.Data.Tests.Fuzzing;

/// <summary>Damaged files of every format but COCO's: read, or refused by a message that names the file. DETECTORDSL_FUZZ_CASES sets the number of cases.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    private const string Yaml =
        "path: ../set # a comment\ntrain:\n  - images/train\n  - 'a b'\nval: \"x\\u0041\"\nnc: 3\nnames: {0: cup, 1: 'big, cat', 2: &n \"d\"}\nkpt_shape: [17, 3]\nroboflow: {a: [*n, {b: |\n  c}]}\n";
    private const string Xml =
        "<?xml version='1.0'?><annotation><filename>a.png</filename><size><width>96</width><height>64</height></size><object><name>K&#228;fer</name><difficult>0</difficult><bndbox><xmin>11</xmin><ymin>11.5</ymin><xmax>41</xmax><ymax>41</ymax></bndbox><polygon><x1>1</x1><y1>1</y1><x2>20</x2><y2>1</y2><x3>20</x3><y3>20</y3></polygon></object><object a='1' xmlns:b='c'><![CDATA[x]]><name>b</name></object></annotation>";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void DamagedYaml_IsReadOrRefused() =>
        Run(Encoding.UTF8.GetBytes(Yaml), "data.yaml", path => YoloDataFile.Read(path).Names.Length);

    [Fact]
    public void DamagedXml_IsReadOrNamed() => Run(Encoding.UTF8.GetBytes(Xml), "xml/a.xml", path =>
        {
            var set = VocImport.Read(Path.GetDirectoryName(path)!, null).Set;
            return set.Images.Length + set.Problems.Length;
        });

    [Fact]
    public void DamagedRows_AreReadOrNamed()
    {
        Directory.CreateDirectory(folder["images"]);
        File.WriteAllBytes(folder["images/a.png"], TestImages.Png(20, 10));
        var rows = Encoding.ASCII.GetBytes(
            "0 0.5 0.5 0.1 0.1\n1.000e+00 0.1 0.1 0.9 0.1 0.9 0.9\n0,0.5,0.5,0.2,0.2\n\n2 0.5 0.5 1 1 0.1 0.2 2 0.3 0.4 1\n"
        );
        Run(rows, "labels/a.txt", _ =>
        {
            var images = YoloImages.Find([folder["images"]], folder.Path, folder["labels"]);
            return YoloImport.Read(images, ["a", "b", "c"], null).Set.Images.Length
                + YoloImport.Read(images, ["a", "b"], new YoloPoints(2, 3)).Set.Images.Length;
        });
    }

    [Theory]
    [InlineData("rgb-tiff_lzw.tif")]
    [InlineData("tiles-planar.tif")]
    [InlineData("associated.tif")]
    [InlineData("bits.tif")]
    [InlineData("palette.tif")]
    [InlineData("rgba16-be.tif")]
    [InlineData("exif6.png")]
    [InlineData("palette-alpha.png")]
    [InlineData("transparent.gif")]
    [InlineData("webp-alpha.webp")]
    public void DamagedImages_AreReadOrRefused(string name) =>
        Run(
            PillowPixelTests.Fixture(name).File,
            name,
            path =>
            {
                var image = ImageDecoder.Read(path);
                Assert.Equal(image.Height * image.Width * 3, image.Pixels.Length);
                return ImageDecoder.ReadSize(path).Height;
            },
            Math.Max(1, Damage.Cases / 30)
        );

    private void Run(byte[] whole, string name, Func<string, int> read, int cases = 0)
    {
        var path = folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var clock = new System.Diagnostics.Stopwatch();
        for (var number = 0; number < (cases > 0 ? cases : Math.Max(1, Damage.Cases / 3)); number++)
        {
            File.WriteAllBytes(path, new Damage(number).Of(whole));
            clock.Restart();
            try
            {
                read(path);
            }
            catch (Exception exception) when (exception is AnnotationException or ImageException)
            {
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{name}, case {number}: {exception}");
            }

            Assert.True(clock.Elapsed.TotalSeconds < 20, $"{name}, case {number}: {clock.Elapsed}");
        }
    }
}
