using System.Globalization;
using System.Text;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Describing;

/// <summary>Describes a model in words and numbers, all known at compile time.</summary>
internal static class DescriptionPlanner
{
    public static DescriptionFile Plan(IReadOnlyList<PartPlan> parts, PlanContext context)
    {
        var rows = parts.SelectMany(static part => part.Rows).ToEquatableArray();
        var (parameters, multiplyAdds) = (rows.Sum(static row => row.Parameters), rows.Sum(static row => row.MultiplyAdds));
        var isKnown = rows.All(static row => row.IsKnown);
        var size = context.ImageSize;
        var summary = string.Format(
            CultureInfo.InvariantCulture,
            "{0:N0} parameters, {1:0.0} G multiply-adds at {2} x {3} pixels{4}, {5} classes",
            parameters,
            multiplyAdds / 1e9,
            size.Height,
            size.Width,
            isKnown ? "" : " beside those of modules of one's own",
            context.Classes
        );
        var configuration = ConfigurationText.Of(context.Spec);
        return new DescriptionFile(
            context.Names,
            rows.Select(static row => new DescribedLayer(row.Name, XmlText.Escape(row.Kind), row.Shape, Parameters(row)))
                .ToEquatableArray(),
            summary,
            isKnown ? CSharpLiteral.Of(parameters) : "null",
            isKnown ? CSharpLiteral.Of(multiplyAdds) : "null",
            isKnown ? "" : "; null: modules of one's own hide theirs",
            CSharpLiteral.OfLines(Table(rows, summary, context)),
            CSharpLiteral.OfLines(StateText.Of(parts)),
            CSharpLiteral.OfLines(configuration),
            CSharpLiteral.Of(ConfigurationText.Hash(configuration))
        );
    }

    private static string Table(EquatableArray<DescriptionRow> rows, string summary, PlanContext context)
    {
        var lines = new StringBuilder().Append(context.Names.Name).Append(": ").Append(summary).Append("\n\n");
        string[][] cells =
        [
            ["layer", "kind", "output", "parameters"],
            .. rows.Select(static row => new[] { row.Name, row.Kind, row.Shape, Parameters(row) }),
        ];
        var widths = Enumerable.Range(0, 4).Select(column => cells.Max(row => row[column].Length)).ToArray();
        foreach (var row in cells)
        {
            lines
                .Append(row[0].PadRight(widths[0]))
                .Append("  ")
                .Append(row[1].PadRight(widths[1]))
                .Append("  ")
                .Append(row[2].PadRight(widths[2]))
                .Append("  ")
                .Append(row[3].PadLeft(widths[3]))
                .Append('\n');
        }

        return lines.ToString();
    }

    private static string Parameters(DescriptionRow row) =>
        row.IsKnown ? row.Parameters.ToString("N0", CultureInfo.InvariantCulture) : "uncounted";
}
