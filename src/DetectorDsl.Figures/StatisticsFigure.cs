using System.Collections.Immutable;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace DetectorDsl.Figures;

/// <summary>
/// The figure of a paper: over the classes in the order of their instance counts, (a) cumulative gradients and their ratio, (b) the accuracy of the classifier,
/// (c) box and mask AP; several runs in one figure.
/// </summary>
/// <remarks>
/// With more than 120 classes, neighbours are taken together: means, and of ratios the ratio of the sums. Heads of a cascade are added up. Source: Wang et al.
/// 2021, figure 3.
/// </remarks>
public static class StatisticsFigure
{
    private const int Width = 1500;
    private const int Height = 470;
    private const int LegendHeight = 34;
    private const int PixelsPerUnit = 2;

    /// <summary>Draws it as SVG.</summary>
    /// <param name="stream">Receives the text; stays the caller's.</param>
    /// <param name="runs">The runs, of the same classes.</param>
    /// <exception cref="FigureException">The runs are of different classes, their instance counts are unknown, or the machine has no fonts.</exception>
    public static void WriteSvg(Stream stream, IReadOnlyList<RunStatistics> runs)
    {
        var drawing = Open(runs);
        using var memory = new MemoryStream();
        using (var target = new SKManagedWStream(memory))
        {
            using var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), target);
            drawing.Draw(canvas);
        }

        stream.Write(Encoding.UTF8.GetBytes(SvgText.Tidy(Encoding.UTF8.GetString(memory.ToArray()))));
    }

    /// <summary>Draws it as PNG, two pixels for each unit of the SVG.</summary>
    /// <param name="stream">Receives the picture; stays the caller's.</param>
    /// <param name="runs">The runs, of the same classes.</param>
    /// <exception cref="FigureException">The runs are of different classes, their instance counts are unknown, or the machine has no fonts.</exception>
    public static void WritePng(Stream stream, IReadOnlyList<RunStatistics> runs)
    {
        var drawing = Open(runs);
        using var surface = SKSurface.Create(new SKImageInfo(Width * PixelsPerUnit, Height * PixelsPerUnit));
        surface.Canvas.Scale(PixelsPerUnit);
        drawing.Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    private static Drawing Open(IReadOnlyList<RunStatistics> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0)
        {
            throw new FigureException("No run is given to draw.");
        }

        foreach (var run in runs.Skip(1))
        {
            if (!run.Classes.Select(item => item.Id).SequenceEqual(runs[0].Classes.Select(item => item.Id)))
            {
                throw new FigureException(
                    $"{run.Name} has {run.Classes.Length} classes, and they are not the {runs[0].Classes.Length} of {runs[0].Name}. A figure compares runs over the same categories."
                );
            }
        }

        ImmutableArray<int?> instances =
        [
            .. Enumerable
                .Range(0, runs[0].Classes.Length)
                .Select(label => runs.Select(run => run.Classes[label].Instances).FirstOrDefault(count => count is not null)),
        ];
        if (instances.IndexOf(null) is var unknown and >= 0)
        {
            throw new FigureException(
                $"How many training instances '{runs[0].Classes[unknown].Name}' has is not known, and classes are ordered by it. State instance_count in the category file (summarize --categories writes one)."
            );
        }

        return new Drawing(runs, ClassBins.Of([.. instances.Select(count => count!.Value)]), FigureFont.Find());
    }

    private sealed class Drawing(IReadOnlyList<RunStatistics> runs, ClassBins bins, string font)
    {
        private static readonly LineKey[] GradientKeys =
        [
            new("positive", 2.2f, LinePattern.Solid),
            new("negative, foreground RoIs", 1.1f, LinePattern.Solid),
            new("negative, all RoIs", 1.1f, LinePattern.Dashed),
        ];
        private static readonly LineKey[] RatioKeys =
        [
            new("foreground RoIs", 1.6f, LinePattern.Solid),
            new("all RoIs", 1.6f, LinePattern.Dashed),
        ];
        private static readonly LineKey[] AccuracyKeys = [new("", 1.6f, LinePattern.Solid)];
        private static readonly LineKey[] PrecisionKeys = [new("boxes", 1.6f, LinePattern.Solid), new("masks", 1.6f, LinePattern.Dotted)];

        public void Draw(SKCanvas canvas)
        {
            canvas.Clear(SKColors.White);
            const float Panel = Width / 3f;
            const float Bottom = Height - LegendHeight;
            Place(canvas, Gradients(), SKRect.Create(0, 0, Panel, Bottom * 0.53f));
            Place(canvas, Ratios(), SKRect.Create(0, Bottom * 0.53f, Panel, Bottom * 0.47f));
            Place(canvas, Accuracy(), SKRect.Create(Panel, 0, Panel, Bottom));
            Place(canvas, Precision(), SKRect.Create(2 * Panel, 0, Panel, Bottom));
            RunLegend.Draw(
                canvas,
                font,
                [.. runs.Select((run, index) => (run.Name, FigurePanel.ColorOf(index)))],
                Width,
                Bottom,
                LegendHeight
            );
        }

        // The library draws a plot twice where its layout is new, which a picture made of strokes would show.
        private static void Place(SKCanvas canvas, Plot plot, SKRect area)
        {
            var place = new PixelRect(area.Left, area.Right, area.Bottom, area.Top);
            using (var nowhere = new SKNoDrawCanvas(Width, Height))
            {
                plot.Render(nowhere, place);
            }

            plot.Render(canvas, place);
        }

        private Plot Gradients()
        {
            var panel = new FigurePanel(font, bins.Classes, "(a) Cumulative gradients", "sum of magnitudes", xLabel: null);
            panel.Logarithmic();
            for (var run = 0; run < runs.Count; run++)
            {
                panel.Curve(run, GradientKeys[0], bins.Means(label => Logarithm(Of(run, label)?.Positive)));
                panel.Curve(run, GradientKeys[1], bins.Means(label => Logarithm(Of(run, label)?.Negative)));
                panel.Curve(run, GradientKeys[2], bins.Means(label => Logarithm(Of(run, label)?.NegativeOfAll)));
            }

            return panel.Finish(GradientKeys, Alignment.LowerLeft);
        }

        // Classes that were never pushed down have no point: theirs would be billions, and flatten all others.
        private Plot Ratios()
        {
            var panel = new FigurePanel(font, bins.Classes, null, "positive / negative", XLabel());
            panel.Logarithmic();
            for (var run = 0; run < runs.Count; run++)
            {
                panel.Curve(run, RatioKeys[0], bins.Points(bin => Sum(run, bin) is { Negative: > 0 } sum ? Logarithm(sum.Ratio) : null));
                panel.Curve(
                    run,
                    RatioKeys[1],
                    bins.Points(bin => Sum(run, bin) is { NegativeOfAll: > 0 } sum ? Logarithm(sum.RatioOfAll) : null)
                );
            }

            return panel.Finish(RatioKeys, Alignment.LowerLeft);
        }

        private Plot Accuracy()
        {
            var panel = new FigurePanel(font, bins.Classes, "(b) Accuracy on ground-truth boxes", "accuracy, %", XLabel());
            for (var run = 0; run < runs.Count; run++)
            {
                panel.Curve(run, AccuracyKeys[0], bins.Means(label => 100 * runs[run].Classes[label].Accuracy));
            }

            return panel.FromZero().Finish([], Alignment.UpperRight);
        }

        private Plot Precision()
        {
            var panel = new FigurePanel(font, bins.Classes, "(c) Box and mask AP", "AP, %", XLabel());
            for (var run = 0; run < runs.Count; run++)
            {
                panel.Curve(run, PrecisionKeys[0], bins.Means(label => 100 * runs[run].Classes[label].BoxAP));
                panel.Curve(run, PrecisionKeys[1], bins.Means(label => 100 * runs[run].Classes[label].MaskAP));
            }

            return panel.FromZero().Finish(PrecisionKeys, Alignment.UpperRight);
        }

        private string XLabel() =>
            bins.Width == 1 ? "class, by descending instance count" : $"class, by descending instance count (points: {bins.Width} classes)";

        private ClassGradients? Of(int run, int label) => runs[run].Classes[label].AllGradients;

        private ClassGradients? Sum(int run, ImmutableArray<int> bin) =>
            bin.Select(label => Of(run, label)).OfType<ClassGradients>().ToList() is { Count: > 0 } known
                ? known.Aggregate(ClassGradients.Add)
                : null;

        private static double? Logarithm(double? value) => value > 0 ? Math.Log10(value.Value) : null;
    }
}
