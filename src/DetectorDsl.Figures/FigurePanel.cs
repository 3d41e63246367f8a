using ScottPlot;
using ScottPlot.TickGenerators;

namespace DetectorDsl.Figures;

/// <summary>One pair of axes of a figure, with the same look as the others.</summary>
internal sealed class FigurePanel
{
    private const float LabelSize = 15;
    private const float TickSize = 13;

    // Okabe and Ito's colours, told apart by the colour-blind too.
    private static readonly Color[] Colors =
    [
        .. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000" }.Select(Color.FromHex),
    ];

    private readonly Plot plot = new();
    private readonly int classes;
    private double lowest = double.PositiveInfinity;
    private double highest = double.NegativeInfinity;
    private bool isLogarithmic;

    public FigurePanel(string font, int classes, string? title, string yLabel, string? xLabel)
    {
        this.classes = classes;
        plot.Font.Set(font);

        // Panels lie side by side on one canvas.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Color.FromHex("#FFFFFF");
        plot.Grid.MajorLineColor = Color.FromHex("#E6E6E6");
        (plot.Axes.Bottom.Label.Text, plot.Axes.Bottom.Label.FontSize, plot.Axes.Bottom.Label.Bold) = (xLabel ?? "", LabelSize, false);
        (plot.Axes.Left.Label.Text, plot.Axes.Left.Label.FontSize, plot.Axes.Left.Label.Bold) = (yLabel, LabelSize, false);
        (plot.Axes.Bottom.TickLabelStyle.FontSize, plot.Axes.Left.TickLabelStyle.FontSize) = (TickSize, TickSize);
        (plot.Axes.Left.MinimumSize, plot.Axes.Left.MaximumSize) = (64, 64);
        (plot.Axes.Right.MinimumSize, plot.Axes.Right.MaximumSize) = (16, 16);
        if (title is not null)
        {
            (plot.Axes.Title.Label.Text, plot.Axes.Title.Label.FontSize, plot.Axes.Title.Label.Bold) = (title, 16, true);
        }
    }

    /// <summary>The colour of a run.</summary>
    public static Color ColorOf(int run) => Colors[run % Colors.Length];

    /// <summary>Values are decimal logarithms: ticks at whole powers.</summary>
    public void Logarithmic()
    {
        isLogarithmic = true;
        plot.Axes.Left.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = power => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"1e{power:0}"),
            MinorTickGenerator = new LogMinorTickGenerator(),
        };
    }

    /// <summary>The axis of values begins at 0.</summary>
    public FigurePanel FromZero()
    {
        lowest = 0;
        return this;
    }

    public void Curve(int run, LineKey key, (double[] Places, double[] Values) points)
    {
        if (points.Places.Length == 0)
        {
            return;
        }

        var line = plot.Add.Scatter(points.Places, points.Values);
        (line.Color, line.LineWidth, line.LinePattern) = (ColorOf(run), key.Width, key.Pattern);
        line.MarkerSize = points.Places.Length == 1 ? 5 : 0;
        (lowest, highest) = (Math.Min(lowest, points.Values.Min()), Math.Max(highest, points.Values.Max()));
    }

    public Plot Finish(LineKey[] keys, Alignment alignment)
    {
        var (left, right) = classes == 1 ? (0, 2) : (1 - (0.02 * classes), classes + (0.02 * classes));
        if (double.IsInfinity(highest))
        {
            plot.Axes.SetLimits(left, right, 0, 1);
            var note = plot.Add.Text("not measured in these runs", (left + right) / 2, 0.5);
            (note.LabelFontSize, note.LabelAlignment, note.LabelFontColor) = (LabelSize, Alignment.MiddleCenter, Color.FromHex("#808080"));
            return plot;
        }

        var margin =
            highest > lowest ? 0.06 * (highest - lowest)
            : isLogarithmic ? 0.5
            : Math.Max(1, 0.1 * Math.Abs(highest));
        plot.Axes.SetLimits(left, right, !isLogarithmic && lowest == 0 ? 0 : lowest - margin, highest + margin);
        if (keys.Length > 0)
        {
            plot.Legend.ManualItems.AddRange(
                keys.Select(key => new LegendItem
                {
                    LabelText = key.Label,
                    LineColor = Color.FromHex("#404040"),
                    LineWidth = key.Width,
                    LinePattern = key.Pattern,
                    MarkerSize = 0,
                })
            );
            (plot.Legend.FontSize, plot.Legend.OutlineWidth, plot.Legend.SymbolWidth) = (12, 0, 28);
            plot.Legend.ShadowColor = Color.FromHex("#FFFFFF").WithAlpha(0);
            plot.Legend.BackgroundColor = Color.FromHex("#FFFFFF").WithAlpha(0.75);
            plot.ShowLegend(alignment);
        }

        return plot;
    }
}
