using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests;

/// <summary>Overlap of borders.</summary>
public class BoundaryTests
{
    [Fact]
    public void ASmallShift_CostsALargeObjectMoreThanItsMasksOverlapSays()
    {
        // Image 200 x 200: the diagonal is 282.8, 2 % of it 5.66, so borders are 6 pixels wide.
        // Square of 100 x 100 shifted by 2: masks overlap 98 * 100 / (2 * 10,000 - 9,800) = 0.961.
        // Borders: each 10,000 - 88 * 88 = 2,256. Common: the squares share 98 x 100 (9,800), the inner squares 86 x 88; the inner squares'
        // union is 90 x 88, all of it within the shared part: 9,800 - 7,920 = 1,880. Overlap 1,880 / (4,512 - 1,880) = 0.714.
        var truth = new Scene(1, 1).Object(1, 1, new Box(40, 40, 100, 100)).Build();
        DetectionResult[] results = [new(1, 1, 0.9, null, RleMask.FromBox(new Box(42, 40, 100, 100), 200, 200))];
        Assert.Equal(1, Report(IouType.Masks, 0.96)["AP"]);
        Assert.Equal(0, Report(IouType.Masks, 0.97)["AP"]);
        Assert.Equal(1, Report(IouType.Boundaries, 0.714)["AP"]);
        Assert.Equal(0, Report(IouType.Boundaries, 0.715)["AP"]);

        DetectorDsl.Evaluation.Reporting.EvaluationReport Report(IouType type, double threshold) =>
            new DetectionEvaluator(truth, EvaluationSettings.Coco(type) with { IouThresholds = [threshold] }).Evaluate(results);
    }

    [Fact]
    public void ASmallObject_IsAllBorder()
    {
        var truth = new Scene(1, 1).Object(1, 1, new Box(40, 40, 10, 10)).Build();
        DetectionResult[] results = [new(1, 1, 0.9, null, RleMask.FromBox(new Box(42, 40, 10, 10), 200, 200))];
        Assert.Equal(
            new DetectionEvaluator(truth, EvaluationSettings.Coco(IouType.Masks)).Evaluate(results).Metrics.AsEnumerable(),
            new DetectionEvaluator(truth, EvaluationSettings.Coco(IouType.Boundaries)).Evaluate(results).Metrics.AsEnumerable()
        );
    }
}
