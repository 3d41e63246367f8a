using System.Globalization;
using System.Text;

namespace DetectorDsl.Annotations.LargeFiles;

/// <summary>A results file for the images of <see cref="LargeFile" />: 300 detections an image, each with box and mask, as an LVIS detector's output has.</summary>
/// <param name="images">Images.</param>
public sealed class LargeResults(int images)
{
    private const int DetectionsPerImage = 300;
    private const int Categories = 1_203;
    private const int Width = 640;
    private const int Height = 480;
    private const int Points = 24;

    /// <summary>Writes the file; the same bytes each time.</summary>
    /// <param name="stream">Receives it.</param>
    public void Write(Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var random = new Random(2);
        text.Write('[');
        for (var i = 0; i < images * DetectionsPerImage; i++)
        {
            text.Write(i == 0 ? "" : ",\n");
            WriteDetection(text, random, 1 + (i / DetectionsPerImage));
        }

        text.Write(']');
    }

    private static void WriteDetection(StreamWriter text, Random random, int image)
    {
        var (radiusX, radiusY) = (4 + (random.NextDouble() * 90), 4 + (random.NextDouble() * 90));
        var (centreX, centreY) = (100 + (random.NextDouble() * (Width - 200)), 100 + (random.NextDouble() * (Height - 200)));
        var ring = new double[2 * Points];
        for (var i = 0; i < Points; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * i / Points);
            (ring[2 * i], ring[(2 * i) + 1]) = (centreX + (radiusX * cosine), centreY + (radiusY * sine));
        }

        var mask = RleMask.FromPolygon(ring, Height, Width).ToText().Replace("\\", "\\\\", StringComparison.Ordinal);
        text.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"image_id":{{{image}}},"category_id":{{{1 + (int)(Categories * Math.Pow(random.NextDouble(), 4))}}},"bbox":[{{{centreX - radiusX:0.00}}},{{{centreY - radiusY:0.00}}},{{{2 * radiusX:0.00}}},{{{2 * radiusY:0.00}}}],"score":{{{random.NextDouble():0.0000}}},"segmentation":{"size":[{{{Height}}},{{{Width}}}],"counts":"{{{mask}}}"}}"""
            )
        );
    }
}
