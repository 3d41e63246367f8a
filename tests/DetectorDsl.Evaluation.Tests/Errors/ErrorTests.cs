using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Errors;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests.Errors;

/// <summary>Kinds of error and confusions.</summary>
public class ErrorTests
{
    private static readonly Box First = new(10, 10, 20, 20);
    private static readonly Box Second = new(100, 100, 20, 20);

    [Fact]
    public void EachDetectionIsOfOneKind()
    {
        // Category 1 at the first place, category 2 at the second; a third object, of category 1, goes unseen.
        var scene = new Scene(1, 2).Object(1, 1, First).Object(1, 2, Second).Object(1, 1, new Box(150, 10, 20, 20));
        var report = Analyze(
            scene,
            Found(First, 0.9),
            Found(First, 0.8), // the object is found: a duplicate
            Found(First with { X = 20 }, 0.7), // overlap 200 / 600: misplaced
            Found(Second, 0.6), // in the place of category 2
            Found(Second with { X = 110 }, 0.5), // near category 2: wrong and misplaced
            Found(new Box(10, 150, 20, 20), 0.4), // nothing there
            Found(Second, 0.2, category: 2)
        ); // below the threshold of scores
        var first = report.Categories[0];
        Assert.Equal(
            (1, 1, 1, 1, 1, 1, 1),
            (
                first.Right,
                first.Duplicate,
                first.Misplaced,
                first.WrongCategory,
                first.WrongCategoryAndMisplaced,
                first.Background,
                first.Missed
            )
        );
        var second = report.Categories[1];
        Assert.Equal(
            (0, 0, 0, 0, 0, 0, 1),
            (
                second.Right,
                second.Duplicate,
                second.Misplaced,
                second.WrongCategory,
                second.WrongCategoryAndMisplaced,
                second.Background,
                second.Missed
            )
        );
    }

    [Fact]
    public void ConfusionsCountPairs_SpuriousOnesAndMissedOnes()
    {
        var scene = new Scene(2, 2).Object(1, 1, First).Object(2, 1, First).Object(2, 2, Second);
        var report = Analyze(
            scene,
            Found(First, 0.9, category: 2),
            Found(First, 0.9, category: 2, image: 2),
            Found(new Box(10, 150, 20, 20), 0.8)
        );
        Assert.Equal([new Confusion(1, 2, 2), new Confusion(2, null, 1), new Confusion(null, 1, 1)], report.Confusions.AsEnumerable());
    }

    [Fact]
    public void WhatTheRulesForgive_IsNoError()
    {
        var crowd = new Scene(1, 1).Object(1, 1, new Box(100, 100, 80, 80), isCrowd: true);
        var forgiven = Assert.Single(Analyze(crowd, Found(new Box(110, 110, 20, 20), 0.9)).Categories);
        Assert.Equal((0, 0, 0), (forgiven.Background, forgiven.Misplaced, forgiven.Missed));

        var notExhaustive = new Scene(1, 1).Object(1, 1, First).Searched(1, [], [1]);
        var counts = Assert.Single(
            new DetectionEvaluator(notExhaustive.Build(), EvaluationSettings.Lvis(IouType.Boxes))
                .Analyze([Found(First, 0.9), Found(Second, 0.8)])
                .Categories
        );
        Assert.Equal((1, 0), (counts.Right, counts.Background));
    }

    [Fact]
    public void ThresholdsThatMakeNoSense_AreRefused()
    {
        var evaluator = new DetectionEvaluator(new Scene(1, 1).Build(), EvaluationSettings.Coco(IouType.Boxes));
        Assert.Throws<ArgumentException>(() => evaluator.Analyze([], new ErrorSettings { IouThreshold = 0 }));
        Assert.Throws<ArgumentException>(() => evaluator.Analyze([], new ErrorSettings { BackgroundThreshold = 0.6 }));
        Assert.Throws<ArgumentException>(() => evaluator.Analyze([], new ErrorSettings { ScoreThreshold = double.NaN }));
    }

    private static DetectionResult Found(Box box, double score, int category = 1, long image = 1) => new(image, category, score, box, null);

    private static ErrorReport Analyze(Scene scene, params DetectionResult[] results) =>
        new DetectionEvaluator(scene.Build(), EvaluationSettings.Coco(IouType.Boxes)).Analyze(results);
}
