using System.Text.Json;
using DetectorDsl.Detection.Preparation;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class PreprocessingTextTests
{
    private static readonly ImagePreparation Usual = new([123.675, 116.28, 103.53], [58.395, 57.12, 57.375], 32, 800, 1333);

    [Fact]
    public void TheForm_IsTheDocumentedOne() =>
        Assert.Equal(
            """{"channels":"RGB","range":[0,255],"mean":[123.675,116.28,103.53],"deviation":[58.395,57.12,57.375],"resize":{"rule":"keep_ratio","short_side":800,"long_side":1333,"interpolation":"bilinear"},"padding":{"multiple":32,"value":0}}""",
            PreprocessingText.Of(Usual)
        );

    [Fact]
    public void TorchvisionsResizing_HasNamesOfItsOwn()
    {
        var torchvisions = Usual with { CutSides = true, WholeColours = false };
        Assert.Contains(
            """ "resize":{"rule":"keep_ratio_cut","short_side":800,"long_side":1333,"interpolation":"bilinear_unrounded"} """.Trim(),
            PreprocessingText.Of(torchvisions),
            StringComparison.Ordinal
        );
        Assert.Empty(PreprocessingText.Compare(PreprocessingText.Of(torchvisions), torchvisions));
        Assert.Equal(
            ["resize.interpolation", "resize.rule"],
            PreprocessingText
                .Compare(PreprocessingText.Of(torchvisions), Usual)
                .Where(difference => difference.IsOfSize)
                .Select(difference => difference.What)
        );
        Assert.NotEqual(Usual, Usual with { CutSides = true });
        Assert.NotEqual(Usual, Usual with { WholeColours = false });
    }

    [Fact]
    public void TheSame_HasNoDifferences_HoweverItIsWritten()
    {
        Assert.Empty(PreprocessingText.Compare(PreprocessingText.Of(Usual), Usual));
        Assert.Empty(
            PreprocessingText.Compare(
                PreprocessingText.Of(Usual).Replace("800", "8.0e2", StringComparison.Ordinal).Replace(",", " , ", StringComparison.Ordinal),
                Usual
            )
        );
    }

    [Fact]
    public void Differences_AreNamed_AndThoseOfSizeToldApart()
    {
        var other = PreprocessingText
            .Of(Usual with { Mean = [0, 0, 0], ShortSide = 640, PadTo = 1 })
            .Replace("RGB", "BGR", StringComparison.Ordinal)
            .Replace("bilinear", "nearest", StringComparison.Ordinal);
        Assert.Equal(
            [
                "channels: BGR in the file, RGB here",
                "mean: [0, 0, 0] in the file, [123.675, 116.28, 103.53] here",
                "padding.multiple: 1 in the file, 32 here",
                "resize.interpolation: nearest in the file, bilinear here",
                "resize.short_side: 640 in the file, 800 here",
            ],
            PreprocessingText.Compare(other, Usual).Select(difference => difference.ToString())
        );
        Assert.Equal([false, false, true, true, true], PreprocessingText.Compare(other, Usual).Select(difference => difference.IsOfSize));
        Assert.Contains(PreprocessingText.Compare("""{"gamma":2.2}""", Usual), difference =>
            difference is { What: "gamma", InWeights: "2.2", Here: "nothing", IsOfSize: false }
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"mean\":")]
    public void WhatIsNoObject_IsRefused(string text) => Assert.ThrowsAny<JsonException>(() => PreprocessingText.Compare(text, Usual));
}
