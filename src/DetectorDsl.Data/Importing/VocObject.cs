using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>An object of a Pascal VOC file.</summary>
/// <param name="item">The element.</param>
/// <param name="first">The number of the first pixel: 1, or 0 in files that count from there.</param>
internal sealed class VocObject(XElement item, double first)
{
    private static readonly string[] CornerNames = ["point", "pt", "points"];

    /// <summary>Its class; empty where it has none.</summary>
    public string Class { get; } = item.Text("name");

    /// <summary>Whether it is neither to be learnt nor held against a detector.</summary>
    public bool IsDifficult { get; } = item.Text("difficult") is "1" or "true" or "True";

    /// <summary>Whether it has an outline beside its box.</summary>
    public bool HasOutline => item.Element("polygon") is not null;

    /// <summary>Corners of its box as stated, both included.</summary>
    /// <returns>Left, top, right, bottom; null where one of them is no number.</returns>
    public static (double Left, double Top, double Right, double Bottom)? Corners(XElement item) =>
        item.Element("bndbox") is var box
        && box.Number("xmin") is { } left
        && box.Number("ymin") is { } top
        && box.Number("xmax") is { } right
        && box.Number("ymax") is { } bottom
            ? (left, top, right, bottom)
            : null;

    /// <summary>Its box in pixels from 0, within the image.</summary>
    /// <returns>The box, or what is wrong with it.</returns>
    public (Box Box, string? Mistake) Box(int width, int height)
    {
        if (Corners(item) is not var (left, top, right, bottom))
        {
            return (default, Missing());
        }

        if (right < left || bottom < top || left > width || top > height || right < first || bottom < first)
        {
            return (
                default,
                FormattableString.Invariant(
                    $"its box from {left}, {top} to {right}, {bottom} is empty or outside the image of {width} x {height}"
                )
            );
        }

        return first > 0
            ? (new Box(left - first, top - first, right - left + 1, bottom - top + 1), null)
            : (new Box(left, top, Math.Min(right + 1, width) - left, Math.Min(bottom + 1, height) - top), null);
    }

    /// <summary>Its outline in pixels: <c>x1, y1, x2, y2 ...</c>, or a point element for each corner.</summary>
    /// <returns>x and y of each corner; null where there are not three corners of two numbers.</returns>
    public ImmutableArray<double>? Outline()
    {
        var polygon = item.Element("polygon");
        var points = polygon!
            .Elements()
            .Where(element => CornerNames.Contains(element.Name.LocalName))
            .Select(point => (X: point.Number("x"), Y: point.Number("y")))
            .ToList();
        var coordinates = polygon
            .Elements()
            .GroupBy(element => element.Name.LocalName)
            .ToDictionary(group => group.Key, group => group.First().Value);
        for (var number = 1; points.Count < number && Coordinate('x', number) is { } x; number++)
        {
            points.Add((x, Coordinate('y', number)));
        }

        return points.Count >= 3 && points.All(point => point is { X: not null, Y: not null })
            ? [.. points.SelectMany(point => new[] { point.X!.Value, point.Y!.Value })]
            : null;

        double? Coordinate(char axis, int number) =>
            VocXml.Number(coordinates.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{axis}{number}")));
    }

    private string Missing()
    {
        if (item.Element("robndbox") is not null)
        {
            return "its box is turned (<robndbox>), which COCO's boxes cannot be; give it a <bndbox> or a <polygon>";
        }

        var box = item.Element("bndbox");
        return $"its box is '{box.Text("xmin")}', '{box.Text("ymin")}', '{box.Text("xmax")}', '{box.Text("ymax")}'; four numbers are wanted";
    }
}
