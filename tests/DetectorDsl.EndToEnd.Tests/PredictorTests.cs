using System.Collections.Immutable;
using DetectorDsl.Detection.Inference;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Weights;
using SkiaSharp;
using TorchSharp;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>The generated predictor: typed, the same from every source and on every thread.</summary>
[Collection(TorchCollection.Name)]
public sealed class PredictorTests(SmallData data)
{
    [Fact]
    public void LoadingThatFails_LeavesNoTensorBehind()
    {
        var wrong = Path.Combine(Path.GetDirectoryName(data.Checkpoint)!, "wrong.safetensors");
        File.WriteAllText(wrong, "no weights");
        long AliveAfterwards()
        {
            Assert.Throws<WeightsException>(() => CrossEntropyMaskRcnnPredictor.Load(wrong));
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(AliveAfterwards(), AliveAfterwards());
        File.Delete(wrong);
    }

    [Fact]
    public void PathStreamAndBitmap_GiveTheSameDetections()
    {
        using var predictor = CrossEntropyMaskRcnnPredictor.Load(data.Checkpoint);
        foreach (var path in data.ValidationImages.Take(3))
        {
            var found = predictor.Predict(path);
            using var stream = File.OpenRead(path);
            using var bitmap = SKBitmap.Decode(path);

            Assert.NotEmpty(found);
            Assert.Equal(Lines(found), Lines(predictor.Predict(stream)));
            Assert.Equal(Lines(found), Lines(predictor.Predict(bitmap)));
            Assert.All(found, detection => Assert.True(Enum.IsDefined(detection.Class)));
            Assert.Equal(
                found.OrderByDescending(detection => detection.Score).Select(detection => detection.Score),
                found.Select(detection => detection.Score)
            );
        }
    }

    [Fact]
    public void ThreadsThatShareAPredictor_GetWhatOneGets()
    {
        using var predictor = CrossEntropyMaskRcnnPredictor.Load(data.Checkpoint);
        var images = data.ValidationImages.Take(8).ToArray();
        var alone = images.Select(path => Lines(predictor.Predict(path))).ToArray();
        var shared = new string[images.Length][];
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
            shared[index] = Lines(predictor.Predict(images[index]))
        );
        Assert.Equal(alone, shared);
    }

    [Fact]
    public void OptionsOfTheCall_ReplaceTheDeclaredOnes()
    {
        using var predictor = CrossEntropyMaskRcnnPredictor.Load(data.Checkpoint, new CrossEntropyMaskRcnnOptions { MaxPerImage = 2 });
        Assert.Equal(2, predictor.Predict(data.ValidationImages[0]).Length);
    }

    private static string[] Lines(ImmutableArray<Detection<SmallShapes.Class>> detections) =>
        [.. detections.Select(detection => $"{detection.Class} {detection.Score:R} {detection.Box} {detection.Mask?.ToText()}")];
}
