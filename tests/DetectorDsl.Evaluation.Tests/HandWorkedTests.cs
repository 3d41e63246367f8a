using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests;

/// <summary>Values worked out by hand.</summary>
public class HandWorkedTests
{
    private static readonly Box Square = new(10, 10, 20, 20);

    [Fact]
    public void OneHitOneMissOneWrong_GivesTheStepsOfTheCurve()
    {
        // Two objects. By falling score: a hit (precision 1/1 at recall 1/2), a wrong one, nothing more.
        // Recall points 0 ... 0.50 are 51 of 101 and see precision 1; the rest see 0.
        var scene = new Scene(1, 1).Object(1, 1, Square).Object(1, 1, new Box(100, 100, 20, 20));
        var report = Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), Found(Square, 0.9), Found(new Box(150, 10, 20, 20), 0.8));
        Close(51.0 / 101, report["AP"]);
        Close(51.0 / 101, report["AP50"]);
        Close(0.5, report["AR@100"]);
    }

    [Fact]
    public void WrongOneFirst_LowersThePrecisionOfTheHit()
    {
        // A wrong one, then a hit: precision at the hit is 1/2, at every recall point, as the only object is then found.
        var scene = new Scene(1, 1).Object(1, 1, Square);
        var report = Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), Found(new Box(150, 10, 20, 20), 0.9), Found(Square, 0.8));
        Close(0.5, report["AP"]);
        Close(0, report["AR@1"]);
        Close(1, report["AR@10"]);
    }

    [Fact]
    public void PrecisionIsTheBestAtThatRecallOrBeyond()
    {
        // Hit, wrong, hit, hit on three objects: precisions at the hits 1, 2/3, 3/4; the envelope is 1, 3/4, 3/4.
        // Recall 1/3 serves the points 0 ... 0.33 (34 of them), recall 1 the other 67.
        var boxes = new[] { Square, new Box(60, 10, 20, 20), new Box(110, 10, 20, 20) };
        var scene = new Scene(1, 1).Object(1, 1, boxes[0]).Object(1, 1, boxes[1]).Object(1, 1, boxes[2]);
        var report = Evaluate(
            scene,
            EvaluationSettings.Coco(IouType.Boxes),
            Found(boxes[0], 0.9),
            Found(new Box(10, 150, 20, 20), 0.8),
            Found(boxes[1], 0.7),
            Found(boxes[2], 0.6)
        );
        Close((34 + (67 * 0.75)) / 101, report["AP"]);
    }

    [Fact]
    public void OverlapDecidesAtWhichThresholdsADetectionIsRight()
    {
        // 20 x 14 of 20 x 20: overlap 0.7, right at 0.50 ... 0.70, five thresholds of ten.
        var scene = new Scene(1, 1).Object(1, 1, Square);
        var report = Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), Found(Square with { Height = 14 }, 0.9));
        Close(0.5, report["AP"]);
        Close(1, report["AP50"]);
        Close(0, report["AP75"]);
    }

    [Fact]
    public void ASecondDetectionOfAnObjectIsWrong()
    {
        // Second by score, so that only the hits after it would suffer; here the second object is found after it: 2/3.
        var other = new Box(100, 100, 20, 20);
        var scene = new Scene(1, 1).Object(1, 1, Square).Object(1, 1, other);
        var report = Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), Found(Square, 0.9), Found(Square, 0.8), Found(other, 0.7));
        Close((51 + (50 * 2.0 / 3)) / 101, report["AP"]);
    }

    [Fact]
    public void OneDetectionOfTheWrongClass_LowersThatClassWhereItIsAnnotatedInFull()
    {
        // Class 2 is annotated on image 1 and listed as absent on image 2: a detection of it there is wrong, and comes first.
        var other = new Box(100, 100, 20, 20);
        var scene = new Scene(2, 2).Object(1, 1, Square).Object(1, 2, other).Object(2, 1, Square).Searched(2, [2], []);
        DetectionResult[] right = [Found(Square, 0.9), Found(other, 0.8, category: 2), Found(Square, 0.7, image: 2)];
        var clean = Evaluate(scene, EvaluationSettings.Lvis(IouType.Boxes), right);
        Assert.All(clean.Categories, category => Close(1, category.AP));

        var report = Evaluate(scene, EvaluationSettings.Lvis(IouType.Boxes), [.. right, Found(Square, 0.95, category: 2, image: 2)]);
        Close(1, report.Categories[0].AP);
        Close(0.5, report.Categories[1].AP);
    }

    [Fact]
    public void Lvis_LeavesOutWhatAnImageWasNotSearchedFor()
    {
        var scene = new Scene(2, 2).Object(1, 1, Square).Object(1, 2, new Box(100, 100, 20, 20));
        var report = Evaluate(
            scene,
            EvaluationSettings.Lvis(IouType.Boxes),
            Found(Square, 0.9),
            Found(Square, 0.95, image: 2),
            Found(new Box(100, 100, 20, 20), 0.5, category: 2)
        );
        Close(1, report["AP"]);
        Assert.Equal(2, report.Counts.Counted);
    }

    [Fact]
    public void Lvis_CountsOnlyHitsWhereACategoryIsNotAnnotatedInFull()
    {
        var scene = new Scene(1, 1).Object(1, 1, Square).Searched(1, [], [1]);
        var report = Evaluate(scene, EvaluationSettings.Lvis(IouType.Boxes), Found(new Box(100, 100, 20, 20), 0.95), Found(Square, 0.9));
        Close(1, report["AP"]);
    }

    [Fact]
    public void WithoutAnyArea_ADetectionIsWrongUnderCoco_AndNoneUnderLvis()
    {
        var scene = new Scene(1, 1).Object(1, 1, Square);
        DetectionResult[] results = [Found(new Box(150, 10, 0, 20), 0.95), Found(Square, 0.9)];
        Close(0.5, Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), results)["AP"]);
        Close(1, Evaluate(scene, EvaluationSettings.Lvis(IouType.Boxes), results)["AP"]);
    }

    [Fact]
    public void Coco_ACrowdTakesAnyNumberOfDetectionsAtNoCost()
    {
        // Overlap with a crowd is the share of the detection inside it: both lie wholly inside and are forgiven; the third is wrong.
        var scene = new Scene(1, 1).Object(1, 1, Square).Object(1, 1, new Box(100, 100, 80, 80), isCrowd: true);
        DetectionResult[] results = [Found(new Box(110, 110, 20, 20), 0.95), Found(new Box(140, 140, 20, 20), 0.94), Found(Square, 0.9)];
        Close(1, Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), results)["AP"]);
        Close(1, Evaluate(scene, EvaluationSettings.Coco(IouType.Masks), results)["AP"]);
        Close(0.5, Evaluate(scene, EvaluationSettings.Coco(IouType.Boxes), [.. results, Found(new Box(10, 150, 20, 20), 0.93)])["AP"]);
    }

    [Fact]
    public void AnObjectOutsideTheRangeOfSizes_NeitherCountsNorCosts()
    {
        // One small object (400 pixels), one of medium size (10,000 is above 96², so large): each is found, each range sees one.
        var large = new Box(60, 60, 100, 100);
        var scene = new Scene(1, 1).Object(1, 1, Square).Object(1, 1, large);
        var report = Evaluate(
            scene,
            EvaluationSettings.Coco(IouType.Boxes),
            Found(large, 0.9),
            Found(new Box(10, 150, 20, 20), 0.8),
            Found(Square, 0.7)
        );
        Close(0.5, report["APs"]);
        Close(-1, report["APm"]);
        Close(1, report["APl"]);
    }

    [Fact]
    public void FrequencyGroupsAreMeansOverTheirCategories()
    {
        var scene = new Scene(1, 3) { Frequencies = [CategoryFrequency.Rare, CategoryFrequency.Rare, CategoryFrequency.Frequent] }
            .Object(1, 1, Square)
            .Object(1, 2, Square)
            .Object(1, 3, Square);
        var report = Evaluate(
            scene,
            EvaluationSettings.Lvis(IouType.Boxes),
            Found(Square, 0.9),
            Found(Square with { Height = 14 }, 0.9, category: 3)
        );
        Close(0.5, report["APr"]);
        Close(-1, report["APc"]);
        Close(0.5, report["APf"]);
        Close(0.5, report["AP"]);
    }

    [Fact]
    public void NothingFound_IsZero_AndNothingToFind_IsMinusOne()
    {
        var empty = Evaluate(new Scene(1, 1).Object(1, 1, Square), EvaluationSettings.Lvis(IouType.Boxes));
        Close(0, empty["AP"]);
        Close(0, empty["AR@300"]);
        var nothing = Evaluate(new Scene(1, 1), EvaluationSettings.Coco(IouType.Boxes), Found(Square, 0.9));
        Assert.All(nothing.Metrics, metric => Assert.Equal(-1, metric.Value));
    }

    private static DetectionResult Found(Box box, double score, int category = 1, long image = 1) => new(image, category, score, box, null);

    private static EvaluationReport Evaluate(Scene scene, EvaluationSettings settings, params DetectionResult[] results) =>
        new DetectionEvaluator(scene.Build(), settings).Evaluate(results);

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-12);
}
