using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

/// <summary>
/// Between the passes of a cascade. Expected numbers: mmdetection's refine_bboxes and regress_by_class, written out in PyTorch in double precision,
/// on the same inputs. Regions: corners at 60 u, sizes 5 + 30 u (seeds 1 and 2); numbers: -3 to 3 (seed 3 for each class, 4 for all); scores: 0 to 1 (seed 5).
/// </summary>
public sealed class RegionRefinerTests
{
    private const int Classes = 3;

    private static readonly DeltaBoxCoder Coder = new(0.05, 0.1);

    private static readonly ImageShape[] Shapes = [new(1, 80, 70, 80, 70), new(2, 64, 90, 64, 90)];

    private static readonly Boxes[] Regions = [Boxes(1, 5), Boxes(2, 4)];

    [Fact]
    public void InTraining_ARegionTakesTheBoxOfItsClass_OnBackgroundThatOfTheBestOne_AndObjectsOwnBoxesFall()
    {
        using var scope = NewDisposeScope();
        using var set = new Targets([1, 0, 3, 3, 3, 2, 3, 3, 3]);
        using var numbers = Filling.Fill(3, [9, 4 * Classes], -3, 3, ScalarType.Float32).requires_grad_();
        using var scores = Filling.Fill(5, [9, Classes + 1], 0, 1, ScalarType.Float32);
        AssertBoxes(
            RegionRefiner.Refine(set.Value, numbers, scores, Coder, Shapes),
            [
                28.3627,
                39.0089,
                57.3068,
                69.0705,
                29.4835,
                55.5849,
                47.904,
                72.1351,
                18.0523,
                23.8741,
                45.5646,
                43.1421,
                23.7053,
                38.1347,
                53.3935,
                62.4212,
            ],
            [
                50.7038,
                9.3922,
                56.9322,
                27.4689,
                41.5013,
                48.7383,
                66.2632,
                64,
                25.8772,
                16.1486,
                45.0957,
                42.9455,
                54.3505,
                37.2832,
                67.3526,
                64,
            ]
        );
    }

    [Fact]
    public void InTraining_ClassAgnosticBoxesNeedNoScores()
    {
        using var scope = NewDisposeScope();
        using var set = new Targets([1, 0, 3, 3, 3, 2, 3, 3, 3]);
        using var numbers = Filling.Fill(4, [9, 4], -3, 3, ScalarType.Float32);
        AssertBoxes(
            RegionRefiner.Refine(set.Value, numbers, scores: null, Coder, Shapes),
            [
                25.0803,
                41.1364,
                58.2823,
                72.1336,
                34.4519,
                57.9379,
                46.7695,
                72.0555,
                12.1218,
                27.4247,
                50.1365,
                44.6006,
                29.3958,
                33.8919,
                51.7351,
                60.4045,
            ],
            [
                49.799,
                7.0256,
                57.9633,
                29.2343,
                43.6826,
                48.4238,
                68.6115,
                64,
                21.653,
                16.2641,
                49.9711,
                38.6974,
                56.1129,
                43.6747,
                69.3126,
                64,
            ]
        );
    }

    [Fact]
    public void AtInference_EachRegionTakesTheBoxOfItsBestClass_BackgroundIsNone()
    {
        // Rows 1 and 5 score highest on background.
        using var scope = NewDisposeScope();
        using var numbers = Filling.Fill(3, [9, 4 * Classes], -3, 3, ScalarType.Float32);
        using var scores = Filling.Fill(5, [9, Classes + 1], 0, 1, ScalarType.Float32);
        Assert.Equal(
            [1, 5],
            scores.argmax(1).data<long>().ToArray().Index().Where(item => item.Item == Classes).Select(item => item.Index)
        );
        AssertBoxes(
            RegionRefiner.Refine(Regions, numbers, scores, Coder, Shapes),
            [
                4.6107,
                31.9566,
                28.4798,
                62.3415,
                29.7359,
                44.6443,
                52.7047,
                74.0147,
                29.4835,
                55.5849,
                47.904,
                72.1351,
                18.0523,
                23.8741,
                45.5646,
                43.1421,
                23.7053,
                38.1347,
                53.3935,
                62.4212,
            ],
            [
                50.1289,
                5.0801,
                56.5448,
                30.3615,
                41.5013,
                48.7383,
                66.2632,
                64,
                25.8772,
                16.1486,
                45.0957,
                42.9455,
                54.3505,
                37.2832,
                67.3526,
                64,
            ]
        );
    }

    [Fact]
    public void AnUndefinedBox_LeavesItsRegion()
    {
        using var scope = NewDisposeScope();
        Boxes[] regions =
        [
            [1, 2, 11, 22],
        ];
        Assert.Equal(regions[0], RegionRefiner.Refine(regions, full(1, 4, float.NaN), scores: null, Coder, [Shapes[0]])[0]);
    }

    [Fact]
    public void NoRegions_AreNoProblem()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            [0, 0],
            RegionRefiner
                .Refine(
                    [
                        [],
                        [],
                    ],
                    zeros(0, 12),
                    zeros(0, 4),
                    Coder,
                    Shapes
                )
                .Select(boxes => boxes.Count)
        );
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => RegionRefiner.Refine(Regions, zeros(8, 4), scores: null, Coder, Shapes));
        Assert.Throws<ArgumentException>(() => RegionRefiner.Refine(Regions, zeros(9, 12), scores: null, Coder, Shapes));
        Assert.Throws<ArgumentException>(() => RegionRefiner.Refine(Regions, zeros(9, 12), zeros(8, 4), Coder, Shapes));
    }

    [Fact]
    public void SampledRegions_KnowWhichAreObjectsOwnBoxes()
    {
        using var scope = NewDisposeScope();
        var targets = new RoiTargets(
            new MaxIouAssigner(0.5, 0.5, 0.5, matchLowQuality: false),
            new RandomBoxSampler(8, 0.5, addGroundTruth: true),
            Coder,
            Classes
        );

        // The second proposal equals the object and is a region of its own; the object's own box is the first.
        var set = targets.Compute(
            [
                [50, 50, 60, 60, 0, 0, 10, 10],
            ],
            [new GroundTruth([0, 0, 10, 10], [2], null, [])],
            1,
            CPU
        );
        Assert.Equal([0, 0, 10, 10, 0, 0, 10, 10, 50, 50, 60, 60], set.Rois.Images[0]);
        Assert.Equal([true, false, false], set.AreTruths[0]);
        Assert.Equal([0, 0, 10, 10, 50, 50, 60, 60], RegionRefiner.Refine(set, zeros(3, 4), scores: null, Coder, [Shapes[0]])[0]);
    }

    private static void AssertBoxes(Boxes[] actual, params double[][] expected)
    {
        foreach (var (image, boxes) in expected.Index())
        {
            Expect.Close(boxes, [.. actual[image].Select(corner => (double)corner)], 1e-4, 1e-6, $"image {image}");
        }
    }

    private static float[] Boxes(long seed, int count)
    {
        var unit = Filling.Numbers(seed, 4 * count, 0, 1);
        var boxes = new float[unit.Length];
        for (var i = 0; i < boxes.Length; i += 4)
        {
            var (x, y) = (60 * unit[i], 60 * unit[i + 1]);
            (boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]) = (
                (float)x,
                (float)y,
                (float)(x + 5 + (30 * unit[i + 2])),
                (float)(y + 5 + (30 * unit[i + 3]))
            );
        }

        return boxes;
    }

    /// <summary>Sampled regions of which the first is an object's own box.</summary>
    private sealed class Targets(long[] labels) : IDisposable
    {
        public RoiTargetSet Value { get; } =
            new(
                new Rois(Regions),
                tensor(labels),
                zeros(0, ScalarType.Int64),
                zeros(0, ScalarType.Int64),
                zeros(0, 4),
                [
                    [],
                    [],
                ]
            )
            {
                AreTruths =
                [
                    [true, false, false, false, false],
                    [false, false, false, false],
                ],
            };

        public void Dispose() => Value.Labels.Dispose();
    }
}
