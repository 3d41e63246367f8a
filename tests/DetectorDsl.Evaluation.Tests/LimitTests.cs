using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests;

/// <summary>Limits on the number of detections, and what happens to settings that make no sense.</summary>
public class LimitTests
{
    private static readonly Box Square = new(10, 10, 20, 20);
    private static readonly Box Elsewhere = new(150, 150, 20, 20);

    [Fact]
    public void LimitPerImage_IsTakenOverAllCategories_BeforeTheFederatedChoice()
    {
        // Category 2 is not listed for the image, so its detection does not count; yet it takes the image's only place.
        var scene = new Scene(1, 2).Object(1, 1, Square).Build();
        DetectionResult[] results = [new(1, 1, 0.8, Square, null), new(1, 2, 0.9, Square, null)];
        var settings = EvaluationSettings.Lvis(IouType.Boxes);
        Assert.Equal(1, new DetectionEvaluator(scene, settings with { MaxDetectionsPerImage = 2 }).Evaluate(results)["AP"]);
        Assert.Equal(0, new DetectionEvaluator(scene, settings with { MaxDetectionsPerImage = 1 }).Evaluate(results)["AP"]);
    }

    [Fact]
    public void ADetectionOfAnUnknownCategory_TakesAPlaceToo_AndIsCounted()
    {
        var scene = new Scene(1, 1).Object(1, 1, Square).Build();
        var settings = EvaluationSettings.Lvis(IouType.Boxes) with { MaxDetectionsPerImage = 1 };
        var report = new DetectionEvaluator(scene, settings).Evaluate([new(1, 1, 0.8, Square, null), new(1, 77, 0.9, Square, null)]);
        Assert.Equal(0, report["AP"]);
        Assert.Equal(1, report.Counts.UnknownCategory);
    }

    [Fact]
    public void EqualScores_TheFirstOfTheListKeepsThePlace()
    {
        var scene = new Scene(1, 1).Object(1, 1, Square).Build();
        var settings = EvaluationSettings.Lvis(IouType.Boxes) with { MaxDetectionsPerImage = 1 };
        Assert.Equal(
            1,
            new DetectionEvaluator(scene, settings).Evaluate([new(1, 1, 0.5, Square, null), new(1, 1, 0.5, Elsewhere, null)])["AP"]
        );
        Assert.Equal(
            0,
            new DetectionEvaluator(scene, settings).Evaluate([new(1, 1, 0.5, Elsewhere, null), new(1, 1, 0.5, Square, null)])["AP"]
        );
    }

    [Fact]
    public void LimitPerCategory_IsTakenOverAllImages()
    {
        // The two best of the category are those of images 1 and 3; image 2's object stays unfound: recall 2/3.
        var scene = new Scene(3, 1).Object(1, 1, Square).Object(2, 1, Square).Object(3, 1, Square).Build();
        DetectionResult[] results = [new(1, 1, 0.9, Square, null), new(2, 1, 0.7, Square, null), new(3, 1, 0.8, Square, null)];
        var settings = EvaluationSettings.LvisFixed(IouType.Boxes) with { MaxDetectionsPerCategory = 2 };
        Assert.Equal(2.0 / 3, new DetectionEvaluator(scene, settings).Evaluate(results)["AR@300"], 1e-12);
    }

    [Fact]
    public void LimitPerImageAndCategory_GivesRecallAtEach()
    {
        // Three objects of an image, all found: one of three with the best detection, two with the best two.
        Box[] boxes = [Square, Elsewhere, new(80, 80, 20, 20)];
        var scene = new Scene(1, 1).Object(1, 1, boxes[0]).Object(1, 1, boxes[1]).Object(1, 1, boxes[2]).Build();
        var settings = EvaluationSettings.Coco(IouType.Boxes) with { MaxDetections = [1, 2] };
        var report = new DetectionEvaluator(scene, settings).Evaluate([.. boxes.Select(box => new DetectionResult(1, 1, 0.5, box, null))]);
        Assert.Equal(1.0 / 3, report["AR@1"], 1e-12);
        Assert.Equal(2.0 / 3, report["AR@2"], 1e-12);
        Assert.Equal(67.0 / 101, report["AP"], 1e-12);
    }

    [Fact]
    public void AThresholdThatIsNotEvaluated_HasNoValue()
    {
        var scene = new Scene(1, 1).Object(1, 1, Square).Build();
        var settings = EvaluationSettings.Coco(IouType.Boxes) with { IouThresholds = [0.3, 0.5] };
        var report = new DetectionEvaluator(scene, settings).Evaluate([new(1, 1, 0.5, Square with { Height = 8 }, null)]);
        Assert.Equal(0.5, report["AP"], 1e-12);
        Assert.Equal(0, report["AP50"]);
        Assert.Equal(-1, report["AP75"]);
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        var random = new Random(5);
        var scene = new Scene(40, 6);
        var results = new List<DetectionResult>();
        for (var i = 0; i < 400; i++)
        {
            var box = new Box(random.Next(150), random.Next(150), 5 + random.Next(40), 5 + random.Next(40));
            var (image, category) = (1 + random.Next(40), 1 + random.Next(6));
            scene.Object(image, category, box);
            results.Add(new DetectionResult(image, category, random.Next(10) / 10.0, box with { Width = box.Width * 0.8 }, null));
            results.Add(new DetectionResult(image, 1 + random.Next(6), random.Next(10) / 10.0, box, null));
        }

        var settings = EvaluationSettings.Coco(IouType.Masks);
        var one = new DetectionEvaluator(scene.Build(), settings with { Threads = 1 }).Evaluate(results);
        var many = new DetectionEvaluator(scene.Build(), settings with { Threads = 8 }).Evaluate(results);
        Assert.True(one["AP"] is > 0 and < 1);
        Assert.Equal(one.Metrics.AsEnumerable(), many.Metrics.AsEnumerable());
        Assert.Equal(one.Categories.AsEnumerable(), many.Categories.AsEnumerable());
    }

    [Fact]
    public void SettingsThatMakeNoSenseAreRefused()
    {
        var scene = new Scene(1, 1).Object(1, 1, Square).Build();
        var settings = EvaluationSettings.Coco(IouType.Boxes);
        foreach (
            var wrong in new[]
            {
                settings with
                {
                    IouThresholds = [],
                },
                settings with
                {
                    IouThresholds = [0.5, 0.5],
                },
                settings with
                {
                    IouThresholds = [0, 0.5],
                },
                settings with
                {
                    IouThresholds = [0.5, 1.01],
                },
                settings with
                {
                    MaxDetections = [10, 1],
                },
                settings with
                {
                    MaxDetections = [0, 1],
                },
                settings with
                {
                    MaxDetectionsPerImage = 0,
                },
                settings with
                {
                    MaxDetectionsPerCategory = -1,
                },
                settings with
                {
                    AreaRanges = [],
                },
                settings with
                {
                    Threads = 0,
                },
            }
        )
        {
            Assert.Throws<ArgumentException>(() => new DetectionEvaluator(scene, wrong));
        }
    }
}
