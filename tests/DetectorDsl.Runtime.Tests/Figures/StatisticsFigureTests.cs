using System.Text;
using System.Xml.Linq;
using DetectorDsl.Figures;
using SkiaSharp;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Figures;

public sealed class StatisticsFigureTests
{
    [Fact]
    public void Classes_StandInTheOrderOfTheirInstances()
    {
        var bins = ClassBins.Of([5, 50, 5, 500]);
        var (places, values) = bins.Means(label => label == 2 ? null : label);
        Assert.Equal(1, bins.Width);
        Assert.Equal([1, 2, 3], places);
        Assert.Equal([3, 1, 0], values);
    }

    [Fact]
    public void ManyClasses_AreTakenTogether()
    {
        // 121 classes, three to a point: the first point stands for the three largest.
        var bins = ClassBins.Of([.. Enumerable.Range(0, 121)]);
        var (places, values) = bins.Means(label => label);
        Assert.Equal((3, 121, 41), (bins.Width, bins.Classes, places.Length));
        Assert.Equal((2.0, 119.0), (places[0], values[0]));
        Assert.Equal((121.0, 0.0), (places[^1], values[^1]));
        Assert.Equal(359, bins.Points(bin => bin.Sum()).Values[0] + 2, 1e-9);
    }

    [SkippableFact]
    public void Svg_IsTheSameEveryTime()
    {
        RunStatistics[] runs = [Statistics.Of("CrossEntropyMaskRcnn", 30), Statistics.Of("SeesawMaskRcnn", 30, 0.5)];
        var first = Svg(runs);
        Assert.Equal(first, Svg(runs));
        Assert.NotEqual(first, Svg([runs[0], Statistics.Of("SeesawMaskRcnn", 30, 0.4)]));
        var texts = XDocument
            .Parse(first)
            .Descendants()
            .Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value.Trim())
            .ToList();
        foreach (
            var wanted in new[]
            {
                "CrossEntropyMaskRcnn",
                "SeesawMaskRcnn",
                "(a) Cumulative gradients",
                "(b) Accuracy on ground-truth boxes",
                "(c) Box and mask AP",
                "positive / negative",
                "negative, all RoIs",
            }
        )
        {
            Assert.Single(texts, text => text == wanted);
        }
    }

    [SkippableFact]
    public void Png_ShowsEveryPanel()
    {
        Fonts.SkipWithout();
        using var stream = new MemoryStream();
        StatisticsFigure.WritePng(stream, [Statistics.Of("One", 30), Statistics.Of("Two", 30, 0.5)]);
        using var picture = SKBitmap.Decode(stream.ToArray());
        Assert.Equal((3000, 940), (picture.Width, picture.Height));
        var pixels = picture.Pixels;

        // Curves of the first two colours in the panels: gradients and ratio above each other, accuracy, precision.
        foreach (
            var area in new[]
            {
                SKRectI.Create(140, 90, 860, 310),
                SKRectI.Create(140, 500, 860, 290),
                SKRectI.Create(1140, 90, 860, 700),
                SKRectI.Create(2140, 90, 840, 700),
            }
        )
        {
            var colors = Enumerable
                .Range(area.Top, area.Height)
                .SelectMany(y => pixels.AsSpan((y * 3000) + area.Left, area.Width).ToArray())
                .ToHashSet();
            Assert.Contains(colors, color => IsNear(color, SKColor.Parse("#0072B2")));
            Assert.Contains(colors, color => IsNear(color, SKColor.Parse("#D55E00")));
        }
    }

    [SkippableFact]
    public void PanelsWithoutNumbers_SaySo()
    {
        var run = Statistics.Of("Run", 5);
        run = run with { Classes = [.. run.Classes.Select(item => item with { Gradients = [], Accuracy = null })] };
        Assert.Equal(3, Svg([run]).Split("not measured in these runs").Length - 1);
    }

    [SkippableFact]
    public void ClassesThatWereNeverPushedDown_HaveNoRatio()
    {
        var run = Statistics.Of("Run", 5);
        var spared = run with
        {
            Classes =
            [
                run.Classes[0] with
                {
                    Gradients = [.. run.Classes[0].Gradients.Select(head => head with { FromClasses = 0 })],
                },
                .. run.Classes.Skip(1),
            ],
        };
        Assert.DoesNotContain("1e10", Svg([spared]), StringComparison.Ordinal);
    }

    [Fact]
    public void RunsOfOtherClasses_AreRefused() =>
        Assert.Contains(
            "Other has 6 classes",
            Assert
                .Throws<FigureException>(() => StatisticsFigure.WriteSvg(Stream.Null, [Statistics.Of("Run", 5), Statistics.Of("Other", 6)]))
                .Message,
            StringComparison.Ordinal
        );

    [SkippableFact]
    public void UnknownInstanceCounts_AreTakenFromAnotherRun_OrRefused()
    {
        var run = Statistics.Of("Run", 5);
        var unknown = run with { Classes = [.. run.Classes.Select(item => item with { Instances = null })] };
        Assert.Contains(
            "'class 0'",
            Assert.Throws<FigureException>(() => StatisticsFigure.WriteSvg(Stream.Null, [unknown])).Message,
            StringComparison.Ordinal
        );
        Assert.NotEmpty(Svg([unknown, run]));
    }

    [SkippableFact]
    public void OneClass_IsAPoint() => Assert.NotEmpty(Svg([Statistics.Of("Run", 1)]));

    private static bool IsNear(SKColor one, SKColor other) =>
        Math.Abs(one.Red - other.Red) + Math.Abs(one.Green - other.Green) + Math.Abs(one.Blue - other.Blue) < 40;

    private static string Svg(params RunStatistics[] runs)
    {
        Fonts.SkipWithout();
        using var stream = new MemoryStream();
        StatisticsFigure.WriteSvg(stream, runs);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
