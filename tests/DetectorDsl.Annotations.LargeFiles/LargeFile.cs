using System.Globalization;
using System.Text;

namespace DetectorDsl.Annotations.LargeFiles;

/// <summary>
/// An annotation file of the size and shape of LVIS v1's training set: members in its order (annotations before images), images named by
/// <c>coco_url</c>, outlines with two decimals, of 90 coordinates on average, which makes about 1.1 GB of 1,270,141 annotations in 100,170 images.
/// </summary>
/// <param name="images">Images; annotations go with them, 1,270,141 for 100,170.</param>
public sealed class LargeFile(int images = LargeFile.FullImages)
{
    /// <summary>Images of LVIS v1's training set.</summary>
    public const int FullImages = 100_170;

    private const long FullAnnotations = 1_270_141;
    private const int Categories = 1_203;
    private const int Width = 640;
    private const int Height = 480;

    /// <summary>Annotations in the file.</summary>
    public int Annotations { get; } = (int)(FullAnnotations * images / FullImages);

    /// <summary>Writes the file; the same bytes each time.</summary>
    /// <param name="stream">Receives it.</param>
    public void Write(Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        text.Write("""{"info": {"description": "generated, of the size of LVIS v1 train"}, "annotations": [""");
        var random = new Random(1);
        for (var i = 0; i < Annotations; i++)
        {
            text.Write(i == 0 ? "" : ", ");
            WriteAnnotation(text, random, i);
        }

        text.Write("], \"images\": [");
        for (var i = 0; i < images; i++)
        {
            text.Write(i == 0 ? "" : ", ");
            text.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"date_captured": "2013-11-14 17:02:52", "neg_category_ids": [{{1 + (i % Categories)}}, {{1 + ((i + 600) % Categories)}}], "id": {{i + 1}}, "license": 4, "height": {{Height}}, "width": {{Width}}, "flickr_url": "http://farm7.staticflickr.com/6116/6255196340_da26cf2c9e_z.jpg", "coco_url": "http://images.cocodataset.org/train2017/{{i + 1:000000000000}}.jpg", "not_exhaustive_category_ids": []}"""
                )
            );
        }

        text.Write("], \"licenses\": [], \"categories\": [");
        for (var i = 0; i < Categories; i++)
        {
            text.Write(i == 0 ? "" : ", ");
            text.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"frequency": "f", "id": {{i + 1}}, "synset": "thing.n.01", "image_count": 100, "instance_count": 1000, "synonyms": ["thing_{{i + 1}}"], "def": "a thing of kind {{i + 1}}", "name": "thing_{{i + 1}}"}"""
                )
            );
        }

        text.Write("]}");
    }

    // A ragged ellipse; long outlines are rare, as drawn ones are.
    private void WriteAnnotation(StreamWriter text, Random random, int index)
    {
        var points = 5 + (int)(-41 * Math.Log(1 - random.NextDouble()));
        var (radiusX, radiusY) = (4 + (random.NextDouble() * 90), 4 + (random.NextDouble() * 90));
        var (centreX, centreY) = (100 + (random.NextDouble() * (Width - 200)), 100 + (random.NextDouble() * (Height - 200)));
        double left = Width,
            top = Height,
            right = 0,
            bottom = 0;
        text.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"area": {{Math.PI * radiusX * radiusY:0.##}}, "id": {{index + 1}}, "segmentation": [["""
            )
        );
        for (var i = 0; i < points; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * i / points);
            var scale = 0.9 + (random.NextDouble() * 0.1);
            var (x, y) = (Math.Round(centreX + (radiusX * scale * cosine), 2), Math.Round(centreY + (radiusY * scale * sine), 2));
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            text.Write(i == 0 ? "" : ", ");
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{x}, {y}"));
        }

        text.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""]], "image_id": {{1 + (long)((double)index * images / Annotations)}}, "bbox": [{{left}}, {{top}}, {{Math.Round(right - left, 2)}}, {{Math.Round(bottom - top, 2)}}], "category_id": {{1 + (int)(Categories * Math.Pow(random.NextDouble(), 4))}}}"""
            )
        );
    }
}
