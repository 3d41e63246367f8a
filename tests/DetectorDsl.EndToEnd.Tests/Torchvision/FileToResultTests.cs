using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Torchvision;

/// <summary>A JPEG and a file with torchvision's names give torchvision's detections, by every way that leads from one to the other.</summary>
[Collection(TorchCollection.Name)]
public sealed class FileToResultTests(SmallData data) : IDisposable
{
    private const string Numbers = "Fixtures/Torchvision";

    private static readonly string[] Images = ["lying.jpg", "upright.jpg"];

    private static readonly JsonElement Reference = JsonSerializer.Deserialize<JsonElement>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Numbers, "detections.json"))
    );

    private static readonly Dictionary<string, Narrow> All = new(StringComparer.Ordinal)
    {
        ["mask_rcnn"] = new(
            new NarrowMaskRcnnTrainer(),
            FourClasses.All,
            NarrowMaskRcnnNames.Model,
            weights =>
            {
                var predictor = NarrowMaskRcnnPredictor.Load(weights);
                return (image => Typed(predictor.Predict(image), FourClasses.All), predictor);
            },
            () =>
            {
                var model = new NarrowMaskRcnnModel();
                return (model, image => model.Neck.call(model.Backbone.call(image)));
            }
        ),
        ["mask_rcnn_v2"] = new(
            new NarrowMaskRcnnV2Trainer(),
            FourClasses.All,
            NarrowMaskRcnnV2Names.Model,
            weights =>
            {
                var predictor = NarrowMaskRcnnV2Predictor.Load(weights);
                return (image => Typed(predictor.Predict(image), FourClasses.All), predictor);
            },
            () =>
            {
                var model = new NarrowMaskRcnnV2Model();
                return (model, image => model.Neck.call(model.Backbone.call(image)));
            }
        ),
        ["retinanet"] = new(
            new NarrowRetinaNetTrainer(),
            FourClassesFrom0.All,
            NarrowRetinaNetNames.Model,
            weights =>
            {
                var predictor = NarrowRetinaNetPredictor.Load(weights);
                return (image => Typed(predictor.Predict(image), FourClassesFrom0.All), predictor);
            },
            () =>
            {
                var model = new NarrowRetinaNetModel();
                return (model, image => model.Neck.call(model.Backbone.call(image)));
            }
        ),
        ["retinanet_v2"] = new(
            new NarrowRetinaNetV2Trainer(),
            FourClassesFrom0.All,
            NarrowRetinaNetV2Names.Model,
            weights =>
            {
                var predictor = NarrowRetinaNetV2Predictor.Load(weights);
                return (image => Typed(predictor.Predict(image), FourClassesFrom0.All), predictor);
            },
            () =>
            {
                var model = new NarrowRetinaNetV2Model();
                return (model, image => model.Neck.call(model.Backbone.call(image)));
            }
        ),
        ["fcos"] = new(
            new NarrowFcosTrainer(),
            FourClassesFrom0.All,
            NarrowFcosNames.Model,
            weights =>
            {
                var predictor = NarrowFcosPredictor.Load(weights);
                return (image => Typed(predictor.Predict(image), FourClassesFrom0.All), predictor);
            },
            () =>
            {
                var model = new NarrowFcosModel();
                return (model, image => model.Neck.call(model.Backbone.call(image)));
            }
        ),
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => [.. All.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PredictorPredictAndEvaluate_GiveTorchvisionsDetections(string kind)
    {
        var (model, detector) = (Reference.GetProperty("models").GetProperty(kind), All[kind]);
        var weights = folder.File("weights.safetensors");
        NamedFormulaWeights.Write(weights, model);
        WriteData(detector.Categories);

        var (predict, predictor) = detector.Load(weights);
        using (predictor)
        {
            foreach (var (i, image) in Images.Index())
            {
                Check(model.GetProperty("detections")[i], [.. predict(folder.File($"val/{image}"))]);
            }
        }

        CommandLineRun
            .Of(detector.Trainer, "predict", folder.File("val"), "--output", folder.File("out"), "--checkpoint", weights)
            .Succeeds();
        using (var stream = File.OpenRead(folder.File("out/predictions.json")))
        {
            CheckAll(model, JsonSerializer.Deserialize<JsonElement>(stream).GetProperty("annotations"));
        }

        CommandLineRun
            .Of(
                detector.Trainer,
                "evaluate",
                "--data",
                folder.Path,
                "--output",
                folder.File("out"),
                "--checkpoint",
                weights,
                "--pictures",
                "0"
            )
            .Succeeds();
        using (var stream = new GZipStream(File.OpenRead(folder.File("out/results.json.gz")), CompressionMode.Decompress))
        {
            CheckAll(model, JsonSerializer.Deserialize<JsonElement>(stream));
        }
    }

    // Few detections come from the coarse levels, and a neck may be another there only.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void PreparedPixelsAndPyramid_AreTorchvisions(string kind)
    {
        var (expected, detector) = (Reference.GetProperty("models").GetProperty(kind), All[kind]);
        var weights = folder.File("weights.safetensors");
        NamedFormulaWeights.Write(weights, expected);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (model, pyramid) = detector.Make();
        using (model)
        {
            Training.Checkpoint.LoadWeights(new WeightsSource(weights), model, detector.Names, null);
            model.eval();
            var preparation = new ImagePreparation(
                [123.675, 116.28, 103.53],
                [58.395, 57.12, 57.375],
                32,
                96,
                160,
                CutSides: true,
                WholeColours: false
            );
            var image = ImageDecoder.Read(Path.Combine(AppContext.BaseDirectory, Numbers, Images[0]));
            using var prepared = PreparedImages.From(preparation, preparation.Pixels(), [(1, image)], ImageCopy.Plain);
            var means = pyramid(prepared.Copies[0].Images).Select(level => level.to(ScalarType.Float64).abs().mean().ToDouble()).ToArray();
            Expect.Close(expected.Numbers("pyramid"), means, 0, 2e-5, "pyramid");
        }
    }

    // Batch norms on their statistics; boxes are held against boxes, not offsets against offsets.
    [Fact]
    public void LossesOfTheSecondRetinaNet_AreTorchvisions()
    {
        var expected = Reference.GetProperty("losses");
        var weights = folder.File("weights.safetensors");
        NamedFormulaWeights.Write(weights, Reference.GetProperty("models").GetProperty("retinanet_v2"));
        using var scope = NewDisposeScope();
        using var model = new NarrowRetinaNetV2Model();
        Training.Checkpoint.LoadWeights(new WeightsSource(weights), model, NarrowRetinaNetV2Names.Model, null);
        model.to(ScalarType.Float64);
        using var training = new NarrowRetinaNetV2Training(model, new(), ReferenceCase.Data(data, folder, FourClassesFrom0.All), 0, CPU);
        model.eval();
        var image = Filling.Fill(77, [1, 3, 96, 128], -2, 2, ScalarType.Float32).to(ScalarType.Float64);
        var truth = new GroundTruth(expected.Singles("boxes"), expected.Integers("labels"), null, []);
        using var batch = new DetectionBatch(image, [new ImageShape(1, 96, 128, 96, 128)], [truth]);

        var losses = training.Forward(batch, 1);
        losses.Total().backward();

        Expect.Close(expected.Real("classification"), losses.loss_cls.ToDouble(), 0, 1e-6, "classes");
        Expect.Close(expected.Real("bbox_regression"), losses.loss_bbox.ToDouble(), 0, 1e-6, "boxes");
        var gradient = Expect.Values(model.named_parameters().Single(item => item.name == "bbox_head.retina_reg.weight").parameter.grad!);
        Expect.Close(expected.Numbers("gradient"), gradient[..12], 1e-7, 1e-5, "gradient");
    }

    private static IEnumerable<Found> Typed<TClass>(ImmutableArray<Detection<TClass>> detections, IReadOnlyList<CategoryInfo> categories)
        where TClass : struct, Enum =>
        detections.Select(detection => new Found(
            categories[Convert.ToInt32(detection.Class, null)].Id,
            detection.Score,
            detection.Box,
            detection.Mask?.Area
        ));

    private static void CheckAll(JsonElement model, JsonElement results)
    {
        foreach (var i in Enumerable.Range(0, Images.Length))
        {
            Check(
                model.GetProperty("detections")[i],
                [.. results.EnumerateArray().Where(result => result.Whole("image_id") == i + 1).Select(Read)]
            );
        }
    }

    private static Found Read(JsonElement result)
    {
        var box = result.Numbers("bbox");
        long? area = result.TryGetProperty("segmentation", out var mask)
            ? RleMask
                .FromText(
                    Encoding.ASCII.GetBytes(mask.GetProperty("counts").GetString()!),
                    mask.GetProperty("size")[0].GetInt32(),
                    mask.GetProperty("size")[1].GetInt32()
                )
                .Area
            : null;
        return new Found(result.Whole("category_id"), result.Real("score"), new Box(box[0], box[1], box[2], box[3]), area);
    }

    private static void Check(JsonElement expected, List<Found> found)
    {
        var (scores, labels, boxes) = (expected.Numbers("scores"), expected.Integers("labels"), expected.Numbers("boxes"));
        Assert.Equal(scores.Length, found.Count);
        for (var i = 0; i < scores.Length; i++)
        {
            var corners = boxes[(4 * i)..(4 * (i + 1))];
            var partner = found.FindIndex(own =>
                own.Category == labels[i] && Math.Abs(own.Score - scores[i]) <= 1e-4 && own.IsAt(corners, within: 0.05)
            );
            Assert.True(
                partner >= 0,
                $"Detection {i}, label {labels[i]}, score {scores[i]:R}, at {string.Join(" ", corners)}, has no partner."
            );
            if (found[partner].Area is { } area)
            {
                Assert.InRange(area, expected.GetProperty("areas")[i].GetInt64() - 3, expected.GetProperty("areas")[i].GetInt64() + 3);
            }

            Assert.Equal(expected.TryGetProperty("areas", out _), found[partner].Area is not null);
            found.RemoveAt(partner);
        }
    }

    private void WriteData(IReadOnlyList<CategoryInfo> categories)
    {
        Directory.CreateDirectory(folder.File("val"));
        foreach (var image in Images)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, Numbers, image), folder.File($"val/{image}"));
        }

        File.WriteAllText(
            folder.File("val.json"),
            JsonSerializer.Serialize(
                new
                {
                    images = new[]
                    {
                        new
                        {
                            id = 1,
                            file_name = Images[0],
                            height = 90,
                            width = 120,
                        },
                        new
                        {
                            id = 2,
                            file_name = Images[1],
                            height = 127,
                            width = 84,
                        },
                    },
                    categories = categories.Select(category => new { id = category.Id, name = category.Name }),
                    annotations = new[]
                    {
                        new
                        {
                            id = 1,
                            image_id = 1,
                            category_id = categories[1].Id,
                            bbox = new[] { 4, 4, 20, 20 },
                            area = 400,
                            iscrowd = 0,
                            segmentation = new[] { new[] { 4, 4, 24, 4, 24, 24, 4, 24 } },
                        },
                    },
                }
            )
        );
    }

    /// <summary>The generated types of a declaration behind one face.</summary>
    private sealed record Narrow(
        DetectorTrainer Trainer,
        IReadOnlyList<CategoryInfo> Categories,
        ModelNames Names,
        Func<string, (Func<string, IEnumerable<Found>> Predict, IDisposable Predictor)> Load,
        Func<(nn.Module Model, Func<Tensor, Tensor[]> Pyramid)> Make
    );

    private sealed record Found(long Category, double Score, Box Box, long? Area)
    {
        public bool IsAt(double[] corners, double within) =>
            new[] { Box.X, Box.Y, Box.X + Box.Width, Box.Y + Box.Height }
                .Zip(corners)
                .All(pair => Math.Abs(pair.First - pair.Second) <= within);
    }
}
