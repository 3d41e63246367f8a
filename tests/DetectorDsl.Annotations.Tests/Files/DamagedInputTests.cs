using System.Text;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Files;

/// <summary>A fixed sample of damaged input: it is read, or refused with an <see cref="AnnotationException" />, and nothing else.</summary>
public class DamagedInputTests
{
    private const string File = """
        {"images": [{"id": 1, "file_name": "a.jpg", "width": 12, "height": 9, "neg_category_ids": [2], "not_exhaustive_category_ids": []}],
         "annotations": [
          {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4.5], "area": 13.5, "iscrowd": 0, "segmentation": [[1, 2, 4, 2, 4, 6.5], [0, 0, 1, 0, 1, 1]]},
          {"id": 2, "image_id": 1, "category_id": 2, "bbox": [1e0, 2, 3, 4], "segmentation": {"size": [9, 12], "counts": [5, 3, 100]}},
          {"id": 3, "image_id": 1, "category_id": 2, "segmentation": {"size": [9, 12], "counts": "53T3"}}],
         "categories": [{"id": 1, "name": "a", "frequency": "f", "image_count": 1}, {"id": 2, "name": "b\u00e9"}]}
        """;

    [Fact]
    public void FlippedTexts_AreMasksOrRefused()
    {
        var random = new Random(11);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var (height, width) = (random.Next(1, 60), random.Next(1, 60));
            var pixels = Enumerable.Range(0, height * width).Select(place => (byte)(random.Next(8) == 0 ? 1 : 0)).ToArray();
            var text = Encoding.ASCII.GetBytes(RleMask.FromBitmap(pixels, height, width).ToText());
            Damage(text, random, 48, 112);
            try
            {
                var mask = RleMask.FromText(
                    text.AsSpan(0, random.Next(4) == 0 ? random.Next(text.Length + 1) : text.Length),
                    height,
                    width
                );
                read++;
                Assert.Equal(mask.Area, mask.ToBitmap().Sum(pixel => pixel));
                Assert.InRange(mask.Bounds.X + mask.Bounds.Width, 0, width);
                Assert.InRange(mask.Bounds.Y + mask.Bounds.Height, 0, height);
                Assert.Equal(mask, RleMask.FromText(Encoding.ASCII.GetBytes(mask.ToText()), height, width));
            }
            catch (AnnotationException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }

        Assert.InRange(read, 1, 19_999);
    }

    [Fact]
    public void FlippedFiles_AreReadOrRefused()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(12);
        var good = Encoding.UTF8.GetBytes(File);
        Assert.Empty(AnnotationReader.Read(folder.Write("good.json", good)).Problems);
        var read = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = good.AsSpan().ToArray();
            Damage(bytes, random, round % 2 == 0 ? 0 : 32, round % 2 == 0 ? 256 : 127);
            if (random.Next(8) == 0)
            {
                Array.Resize(ref bytes, random.Next(bytes.Length));
            }

            var path = folder.Write("bad.json", bytes);
            try
            {
                var set = AnnotationReader.Read(path);
                read++;
                foreach (var annotation in set.Annotations)
                {
                    var image = set.Images.Single(image => image.Id == annotation.ImageId);
                    image = image.HasSize ? image : image with { Height = 9, Width = 12 };
                    Assert.InRange(annotation.Segmentation?.ToMask(image).Area ?? 0, 0, (long)image.Height * image.Width);
                }
            }
            catch (AnnotationException exception)
            {
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(read, 1, 4_999);
    }

    private static void Damage(Span<byte> bytes, Random random, int from, int to)
    {
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(from, to);
        }
    }
}
