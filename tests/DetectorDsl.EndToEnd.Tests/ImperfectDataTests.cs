using DetectorDsl.Annotations;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>Data as it comes: images without objects, crowds, a file that is no image.</summary>
[Collection(TorchCollection.Name)]
public sealed class ImperfectDataTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhatCannotBeUsed_IsToldAndLeftOut_AndTheRestTrains()
    {
        long empty = 0,
            unreadable = 0;
        var crowds = 0;
        data.Copy(folder.File("data"), 8, set =>
        {
            (empty, unreadable) = (set.Images[0].Id, set.Images[1].Id);
            var changed = set with
            {
                Annotations =
                [
                    .. set
                        .Annotations.Where(annotation => annotation.ImageId != empty)
                        .Select((annotation, index) => index % 3 == 0 ? annotation with { IsCrowd = true } : annotation),
                ],
            };
            crowds = changed.Annotations.Count(annotation => annotation.IsCrowd && annotation.ImageId != unreadable);
            return changed;
        });
        var spoilt = AnnotationReader.Read(folder.File("data/train.json")).Images.Single(image => image.Id == unreadable);
        File.WriteAllText(Path.Combine(folder.File("data/train"), spoilt.FileName), "no picture");
        File.WriteAllText(Path.Combine(folder.File("data/val"), spoilt.FileName), "no picture");

        var run = CommandLineRun.Of(
            new CrossEntropyMaskRcnnTrainer(),
            "train",
            "--data",
            folder.File("data"),
            "--output",
            folder.File("out"),
            "--epochs",
            "2"
        );

        run.Succeeds();
        Assert.True(crowds > 0);
        Assert.Contains("6 images", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 without a file, 1 unreadable, 1 without objects, 0 too small", run.Output, StringComparison.Ordinal);
        Assert.Contains($"image {unreadable}", run.Output, StringComparison.Ordinal);
        Assert.Contains(spoilt.FileName, run.Output, StringComparison.Ordinal);

        // Validation keeps images without objects: what is found there is a mistake.
        Assert.Contains("7 images", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("out/metrics.json")));
    }
}
