using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Heads;

/// <summary>Detections of a network in double precision. The expected numbers are those of the formulas in Python's numbers of 64 bits.</summary>
public sealed class ExactSelectionTests
{
    private static readonly ImageShape Shape = new(1, 80, 160, 80, 160);
    private static readonly double[] Proposals = [10.1, 12.2, 40.3, 52.4, 11.3, 12.9, 41.7, 50.1, 60.7, 5.5, 95.9, 33.3];
    private static readonly double[] Logits = [2.1, 0.3, -1.0, 1.9, 0.7, -0.4, -0.2, 1.4, 0.1];
    private static readonly double[] Deltas =
    [
        .. new[] { 0.31, -0.17, 0.23, -0.41, -0.11, 0.05, 0.37, 0.19 },
        .. new[] { 0.07, 0.29, -0.13, 0.02, 0.43, -0.27, 0.11, 0.53 },
        .. new[] { 1.03, -0.71, 0.91, 0.67, -0.39, 0.83, 0.59, -0.97 },
    ];

    [Fact]
    public void BoxesOfDetections_KeepAllDigits()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(Logits, [3, 3]).softmax(1);
        var regions = ScoredRegions.Of([Proposals], scores, tensor(Deltas, [3, 8]), new DeltaBoxCoder(0.1, 0.2), [Shape]);

        var found = new DetectionSelector(0.1, 0.5, 10).Select(regions)[0];

        Assert.Equal([0, 1, 1, 0], found.Labels);
        double[] expected =
        [
            .. new[] { 10.325376394550245, 13.099033630203387, 41.94702360544974, 50.13416636979661 },
            .. new[] { 57.12290363993479, 10.258555130666782, 96.73149636006524, 33.15624486933322 },
            .. new[] { 12.26909447604934, 9.815713096978524, 43.345305523950664, 51.17548690302148 },
            .. new[] { 60.81239018771433, 1.5330398069394064, 103.0388098122857, 33.31936019306059 },
        ];
        Assert.True(found.Boxes.AreDouble);
        Assert.Equal(expected, found.Boxes.Numbers<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-11);
        Assert.Equal(0.8262085987938912f, found.Scores[0]);
    }

    // In single precision the two thresholds are the same number.
    [Fact]
    public void AThreshold_IsTakenInDoublePrecision()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new[] { 0.3 + 1e-12, 0.3 - 1e-12, 0.4 }, [1, 3]);
        var regions = ScoredRegions.Of(
            [new double[] { 0, 0, 9, 9 }],
            scores,
            zeros(1, 8, dtype: ScalarType.Float64),
            new DeltaBoxCoder(),
            [Shape]
        );
        Assert.Equal([0], new DetectionSelector(0.3, 0.5, 10).Select(regions)[0].Labels);
    }
}
