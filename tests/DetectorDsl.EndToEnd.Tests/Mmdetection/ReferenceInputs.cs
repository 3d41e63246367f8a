using System.Collections.Immutable;
using System.Text.Json;
using DetectorDsl.Annotations;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>The images and objects of all fixtures; Fixtures/README.md has the formulas.</summary>
internal static class ReferenceInputs
{
    private static readonly JsonElement Document = Fixture.Read("inputs");

    private static readonly JsonElement[] Images = [.. Document.GetProperty("images").EnumerateArray()];

    private static readonly int[] Batch = Document.Shape("batch");

    public static ImmutableArray<ImageShape> Shapes =>
        [
            .. Images.Select(
                (image, i) =>
                {
                    var (size, padded, original) = (image.Shape("size"), image.Shape("padded"), image.Shape("original"));
                    return new ImageShape(i + 1, size[0], size[1], original[0], original[1])
                    {
                        PaddedHeight = padded[0],
                        PaddedWidth = padded[1],
                    };
                }
            ),
        ];

    /// <summary>The images as training sees them, in a common frame.</summary>
    public static DetectionBatch Training(ScalarType precision) => new(Padded(precision, Images, Batch), Shapes, [.. Images.Select(Truth)]);

    /// <summary>The images as detection sees them: all in one batch, or each by itself, padded as far as it has to be.</summary>
    public static IEnumerable<(Tensor Images, ImmutableArray<ImageShape> Shapes)> Detection(ScalarType precision, bool oneByOne) =>
        oneByOne
            ? Images.Zip(Shapes, (image, shape) => (Padded(precision, [image], image.Shape("padded")), ImmutableArray.Create(shape)))
            : [(Padded(precision, Images, Batch), Shapes)];

    private static Tensor Padded(ScalarType precision, JsonElement[] images, int[] frame)
    {
        var padded = zeros([images.Length, 3, frame[0], frame[1]], precision);
        foreach (var (i, image) in images.Index())
        {
            var size = image.Shape("size");
            using var pixels = Pixels(image.GetProperty("seed").GetUInt32(), size[0], size[1]);
            padded[i].narrow(1, 0, size[0]).narrow(2, 0, size[1]).copy_(pixels);
        }

        return padded;
    }

    private static Tensor Pixels(uint seed, int height, int width)
    {
        var pixels = new float[3 * height * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (c, y, x) = (i / (height * width), i / width % height, i % width);
            var waves = (1.2 * Math.Sin((0.05 * (c + 1) * x) + (0.03 * y))) + (0.9 * Math.Cos((0.07 * y) - (0.02 * (c + 1) * x)));
            pixels[i] = (float)(waves + (Filling.Unit(seed, (uint)i) - 0.5));
        }

        return tensor(pixels, [3, height, width]);
    }

    private static GroundTruth Truth(JsonElement image)
    {
        var (boxes, size) = (image.Singles("boxes"), image.Shape("size"));
        RleMask[] masks = [.. boxes.Chunk(4).Select(box => Ellipse(box, size[0], size[1]))];
        return new GroundTruth(boxes, image.Integers("labels"), masks, image.Singles("ignored"));
    }

    private static RleMask Ellipse(float[] box, int height, int width)
    {
        var pixels = new byte[height * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var across = ((i % width) + 0.5 - ((box[0] + box[2]) / 2)) / ((box[2] - box[0]) / 2);
            var down = ((i / width) + 0.5 - ((box[1] + box[3]) / 2)) / ((box[3] - box[1]) / 2);
            pixels[i] = (across * across) + (down * down) <= 1 ? (byte)1 : (byte)0;
        }

        return RleMask.FromBitmap(pixels, height, width);
    }
}
