using System.Globalization;
using System.Text;
using DetectorDsl.Annotations;

namespace DetectorDsl.Figures;

/// <summary>The statistics of a run as a table: a line for each class, empty where unknown.</summary>
/// <remarks>With several heads, columns of gradients carry the number of the head, from 0.</remarks>
public static class StatisticsCsv
{
    /// <summary>Writes them.</summary>
    /// <param name="stream">Receives the text; stays the caller's.</param>
    /// <param name="statistics">The statistics.</param>
    public static void Write(Stream stream, RunStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var heads = statistics.Heads.Length;
        var columns = Enumerable
            .Range(0, heads)
            .SelectMany(head =>
                new[] { "positive", "negative", "ratio", "negative_all", "ratio_all" }.Select(name => heads == 1 ? name : $"{name}_{head}")
            );
        writer.WriteLine(
            string.Join(',', ["id", "name", "frequency", "instance_count", "objects", "accuracy", "box_ap", "mask_ap", .. columns])
        );
        foreach (var item in statistics.Classes)
        {
            var gradients = Enumerable
                .Range(0, heads)
                .SelectMany(head => item.Gradients.IsEmpty ? new double?[5] : Numbers(item.Gradients[head]));
            writer.WriteLine(
                string.Join(
                    ',',
                    [
                        Text(item.Id),
                        CsvCell.Of(item.Name),
                        FrequencyLetters.Of(item.Frequency) ?? "",
                        Text(item.Instances),
                        Text(item.Objects),
                        Text(item.Accuracy),
                        Text(item.BoxAP),
                        Text(item.MaskAP),
                        .. gradients.Select(Text),
                    ]
                )
            );
        }
    }

    private static double?[] Numbers(ClassGradients gradients) =>
        [gradients.Positive, gradients.Negative, gradients.Ratio, gradients.NegativeOfAll, gradients.RatioOfAll];

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
