using DetectorDsl.Data.Images;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Test-time augmentation of generated detectors.</summary>
[Collection(TorchCollection.Name)]
public sealed class TestTimeAugmentationTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OneCopyAsItIs_FindsWhatIsFoundWithout()
    {
        using var scope = NewDisposeScope();
        using var model = Trained();
        var options = new CrossEntropyMaskRcnnOptions();
        var (images, shapes) = (rand(2, 3, 96, 128), new ImageShape[] { new(1, 96, 128, 192, 256), new(2, 90, 100, 91, 101) });
        var plain = model.Detect(images, shapes, options);
        var same = AugmentedDetection.DetectMasks(
            model,
            [new PreparedCopy(new ImageCopy(1, false), images, shapes)],
            options,
            nmsIou: 0.7,
            maxProposals: 32
        );
        Assert.Equal(plain.Select(Text), same.Select(Text));
        Assert.All(plain, image => Assert.NotEqual(0, image.Count));
    }

    [Fact]
    public void AMirroredImage_GivesMirroredDetections()
    {
        // Copies change places, and their means stay. Doubling is exact both ways round.
        var image = ImageDecoder.Read(data.ValidationImages[0]);
        var options = new CrossEntropyMaskRcnnOptions { TestFlip = true, TestScales = [1, 2] };
        using var detector = new ImagePredictor(new CrossEntropyMaskRcnnDetector(Trained(), options, CPU));
        var (found, mirrored) = (detector.Predict(image), detector.Predict(image.FlipHorizontally()));
        var matched = Enumerable
            .Range(0, found.Count)
            .Count(i =>
                Enumerable
                    .Range(0, mirrored.Count)
                    .Any(k =>
                        found.Labels[i] == mirrored.Labels[k]
                        && Math.Abs(found.Scores[i] - mirrored.Scores[k]) < 1e-5
                        && Math.Abs(image.Width - found.Boxes[i].X2 - mirrored.Boxes[k].X1) < 1e-2
                        && Math.Abs(found.Boxes[i].Y1 - mirrored.Boxes[k].Y1) < 1e-2
                        && Math.Abs(found.Masks![i].Area - mirrored.Masks![k].Area) <= 2
                    )
            );

        // Equal scores may leave out another one at the end of the list.
        Assert.True(found.Count == 10 && matched >= 9, $"{matched} of {found.Count} detections are found in the mirrored image");
        using var plain = new ImagePredictor(new CrossEntropyMaskRcnnDetector(Trained(), new CrossEntropyMaskRcnnOptions(), CPU));
        Assert.NotEqual(Text(plain.Predict(image)), Text(found));
    }

    [Fact]
    public void ACascade_LooksAtTheMergedRegionsInEveryCopy()
    {
        var image = ImageDecoder.Read(data.ValidationImages[0]);
        using var detector = new ImagePredictor(
            new SeesawCascadeMaskRcnnDetector(new SeesawCascadeMaskRcnnModel(), new SeesawCascadeMaskRcnnOptions { TestFlip = true }, CPU)
        );
        var (found, mirrored) = (detector.Predict(image), detector.Predict(image.FlipHorizontally()));
        Assert.NotEqual(0, found.Count);
        Assert.Equal(found.Scores[0], mirrored.Scores[0], 1e-5);
        Assert.Equal(found.Masks!.Length, found.Count);
    }

    [Fact]
    public void DetectorsWithoutMasks_HaveItToo()
    {
        using var model = new PlainFasterRcnnModel();
        using var detector = new ImagePredictor(new PlainFasterRcnnDetector(model, new PlainFasterRcnnOptions { TestFlip = true }, CPU));
        Assert.NotEqual(0, detector.Predict(ImageDecoder.Read(data.ValidationImages[0])).Count);
    }

    [Fact]
    public void TheCommandLine_OffersIt()
    {
        CommandLineRun
            .Of(
                new CrossEntropyMaskRcnnTrainer(),
                "evaluate",
                "--data",
                data.Folder,
                "--output",
                folder.File("out"),
                "--checkpoint",
                data.Checkpoint,
                "--pictures",
                "0",
                "--limit-images",
                "3",
                "--test-flip",
                "--test-scales",
                "0.75,1"
            )
            .Succeeds();
        CommandLineRun
            .Of(
                new CrossEntropyMaskRcnnTrainer(),
                "predict",
                data.ValidationImages[0],
                "--output",
                folder.File("out"),
                "--checkpoint",
                data.Checkpoint,
                "--test-flip"
            )
            .Succeeds();
        CommandLineRun
            .Of(new CrossEntropyMaskRcnnTrainer(), "evaluate", "--data", data.Folder, "--test-scales", "0")
            .Fails(2, "--test-scales 0", "from 0.1 to 10");
        CommandLineRun.Of(new TinyRetinaNetTrainer(), "evaluate", "--data", data.Folder, "--test-flip").Fails(2, "--test-flip");
    }

    private CrossEntropyMaskRcnnModel Trained()
    {
        var model = new CrossEntropyMaskRcnnModel();
        Training.Checkpoint.LoadWeights(data.Checkpoint, model, null);
        model.eval();
        return model;
    }

    private static string Text(ImageDetections image) =>
        string.Join(
            " ",
            [
                .. image.Boxes.Select(value => value.ToString("R", null)),
                .. image.Scores.Select(value => value.ToString("R", null)),
                .. image.Labels.Select(label => $"{label}"),
                .. image.Masks?.Select(mask => mask.ToText()) ?? [],
            ]
        );
}
