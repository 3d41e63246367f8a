using System.Collections.Immutable;
using System.Text.Json;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Torchvision;

/// <summary>A model of torchvision's with formula weights on one image: what it computed, and the same input for ours.</summary>
internal sealed class ReferenceCase(string name, ModelNames names)
{
    private const int Height = 128;
    private const int Width = 160;

    private static readonly double[] Mean = [0.485, 0.456, 0.406];
    private static readonly double[] Std = [0.229, 0.224, 0.225];

    public JsonElement Reference { get; } = ReferenceVectors.Document($"models/{name}.json");

    public FormulaWeights Weights => new(Reference, names);

    public ImmutableArray<ImageShape> Shapes => [new(1, Height, Width, Height, Width)];

    /// <summary>The normalised image in double precision, 1 x 3 x H x W.</summary>
    public Tensor Image()
    {
        var salt = Reference.GetProperty("salt").GetInt64();
        var pixels = new double[3 * Height * Width];
        for (var c = 0; c < 3; c++)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var position = (((c * Height) + y) * Width) + x;
                    var value =
                        0.45 + (0.2 * Math.Sin((0.05 * (c + 1) * x) + (0.03 * y))) + (0.15 * Math.Cos((0.07 * y) - (0.02 * (c + 1) * x)));
                    for (var k = 0; k < 4; k++)
                    {
                        var (fromX, fromY) = (x - (Width * (0.2 + (0.2 * k))), y - (Height * (0.3 + (0.2 * (2 * k % 3)))));
                        if ((fromX * fromX) + (fromY * fromY) <= Math.Pow((0.08 + (0.04 * k)) * Math.Min(Height, Width), 2))
                        {
                            value = 0.15 + (0.2 * ((k + c) % 4));
                        }
                    }

                    value = Math.Clamp(value + (0.1 * (Filling.Unit((uint)(9000 + salt), (uint)position) - 0.5)), 0, 1);
                    pixels[position] = (value - Mean[c]) / Std[c];
                }
            }
        }

        return tensor(pixels, [1, 3, Height, Width]);
    }

    /// <summary>The objects that it was trained on; masks are the ellipses within the boxes.</summary>
    /// <param name="firstLabel">Label that torchvision gives class 0.</param>
    public GroundTruth Truth(int firstLabel)
    {
        var target = Reference.GetProperty("targets")[0];
        var boxes = target.Singles("boxes");
        var masks = new RleMask[boxes.Length / 4];
        for (var g = 0; g < boxes.Length / 4; g++)
        {
            var (x1, y1, x2, y2) = (boxes[g * 4], boxes[(g * 4) + 1], boxes[(g * 4) + 2], boxes[(g * 4) + 3]);
            var pixels = new byte[Height * Width];
            for (var i = 0; i < pixels.Length; i++)
            {
                var (across, down) = ((i % Width) + 0.5 - ((x1 + x2) / 2), (i / Width) + 0.5 - ((y1 + y2) / 2));
                pixels[i] = Math.Pow(across / ((x2 - x1) / 2), 2) + Math.Pow(down / ((y2 - y1) / 2), 2) <= 1 ? (byte)1 : (byte)0;
            }

            masks[g] = RleMask.FromBitmap(pixels, Height, Width);
        }

        return new GroundTruth(boxes, [.. target.Integers("labels").Select(label => label - firstLabel)], masks, []);
    }

    /// <summary>A data set of the case's categories; a training holds one, though these tests give it their own batches.</summary>
    public static DetectionDataset Data(SmallData data, TemporaryFolder folder, IEnumerable<CategoryInfo> categories)
    {
        var all = categories.ToList();
        var image = Path.GetFileName(data.ValidationImages[0]);
        File.WriteAllText(
            folder.File("data.json"),
            JsonSerializer.Serialize(
                new
                {
                    images = new[]
                    {
                        new
                        {
                            id = 1,
                            file_name = image,
                            height = 160,
                            width = 160,
                        },
                    },
                    categories = all.Select(category => new { id = category.Id, name = category.Name }),
                    annotations = new[]
                    {
                        new
                        {
                            id = 1,
                            image_id = 1,
                            category_id = all[0].Id,
                            bbox = new[] { 4, 4, 20, 20 },
                            area = 400,
                            iscrowd = 0,
                            segmentation = new[] { new[] { 4, 4, 24, 4, 24, 24, 4, 24 } },
                        },
                    },
                }
            )
        );
        return DetectionDataset.Open(
            folder.File("data.json"),
            Path.GetDirectoryName(data.ValidationImages[0])!,
            [.. all.Select(category => (category.Id, category.Name))],
            forTraining: true
        );
    }

    /// <summary>Detections against torchvision's: each has a partner of its label, score and box.</summary>
    /// <param name="expected">Its detections: all counts, the first twenty in full.</param>
    /// <param name="found">Ours.</param>
    /// <param name="firstLabel">Label that torchvision gives class 0.</param>
    public static void CheckDetections(JsonElement expected, ImageDetections found, int firstLabel)
    {
        Assert.Equal(expected.GetProperty("count").GetInt32(), found.Count);
        Expect.Close(expected.Real("score_sum"), found.Scores.Sum(score => (double)score), 0, 2e-4, "sum of scores");
        var counts = expected
            .GetProperty("label_counts")
            .EnumerateObject()
            .ToDictionary(
                label => int.Parse(label.Name, System.Globalization.CultureInfo.InvariantCulture),
                label => label.Value.GetInt32()
            );
        Assert.Equal(
            counts.OrderBy(label => label.Key),
            found
                .Labels.GroupBy(label => label + firstLabel)
                .ToDictionary(group => group.Key, group => group.Count())
                .OrderBy(label => label.Key)
        );
        var (boxes, scores, labels) = (expected.Numbers("boxes"), expected.Numbers("scores"), expected.Integers("labels"));
        for (var i = 0; i < labels.Length; i++)
        {
            var partner = Partner(found, labels[i] - firstLabel, scores[i], boxes.AsSpan(i * 4, 4));
            Assert.True(partner >= 0, $"Detection {i}, label {labels[i]}, score {scores[i]:R}, has no partner.");
            if (found.Masks is { } masks)
            {
                Assert.InRange(
                    masks[partner].Area,
                    expected.GetProperty("pasted_area_at_half")[i].GetInt64() - 3,
                    expected.GetProperty("pasted_area_at_half")[i].GetInt64() + 3
                );
            }
        }
    }

    private static int Partner(ImageDetections found, long label, double score, ReadOnlySpan<double> box)
    {
        for (var j = 0; j < found.Count; j++)
        {
            var own = found.Boxes[j];
            if (
                found.Labels[j] == label
                && Math.Abs(found.Scores[j] - score) <= 2e-4
                && Math.Abs(own[0] - box[0]) <= 0.01
                && Math.Abs(own[1] - box[1]) <= 0.01
                && Math.Abs(own[2] - box[2]) <= 0.01
                && Math.Abs(own[3] - box[3]) <= 0.01
            )
            {
                return j;
            }
        }

        return -1;
    }

    /// <summary>A tensor against its digest.</summary>
    public static void Check(JsonElement expected, Tensor actual, double relative, string what)
    {
        var largest = expected.Numbers("values").Max(Math.Abs);
        Expect.Digest(expected, actual, relative * largest, relative, what);
    }

    /// <summary>Sampled values of gradients, against the largest of them.</summary>
    public void CheckGradients(nn.Module model, double share)
    {
        foreach (var gradient in Reference.GetProperty("train_float64").GetProperty("grads").EnumerateObject())
        {
            using var scope = NewDisposeScope();
            var values = Expect.Values(Weights.Gradient(model, gradient.Name));
            var expected = gradient.Value.Numbers("values");
            var actual = Array.ConvertAll(gradient.Value.Integers("at"), at => values[at]);
            Expect.Close(expected, actual, share * expected.Max(Math.Abs), 0, gradient.Name);
        }
    }
}
