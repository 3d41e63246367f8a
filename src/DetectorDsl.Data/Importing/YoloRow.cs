using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>A line of a YOLO text file: the class, then a box or an outline in shares of the image's sides.</summary>
/// <param name="Category">Class number from 0.</param>
/// <param name="Shares">Centre, width and height of the box, or corners of the outline.</param>
/// <param name="HasPoints">Whether key points stood behind the box.</param>
internal sealed record YoloRow(int Category, ImmutableArray<double> Shares, bool HasPoints)
{
    private const int BoxFields = 5;
    private const int FewestOutlineFields = 7;

    // As far outside as Ultralytics lets them lie.
    private const double Tolerance = 0.01;

    private static readonly char[] Separators = [' ', '\t', ',', ';', '\r', '\f', '\v'];

    /// <summary>Whether it is a box.</summary>
    public bool IsBox => Shares.Length == BoxFields - 1;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line; blanks, tabs, commas or semicolons divide its values.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="points">Key points behind each box; null where rows have none.</param>
    /// <returns>The row, or what is wrong with it.</returns>
    public static (YoloRow? Row, string? Mistake) Read(string line, int classes, YoloPoints? points)
    {
        var fields = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var withPoints = points is null ? -1 : BoxFields + (points.Count * points.Values);
        if (points is not null && fields.Length != BoxFields && fields.Length != withPoints)
        {
            return (
                null,
                $"it has {fields.Length} values; with {points.Count} points of {points.Values} numbers, as kpt_shape says, {withPoints} are wanted"
            );
        }

        if (points is null && fields.Length != BoxFields && (fields.Length < FewestOutlineFields || fields.Length % 2 == 0))
        {
            return (
                null,
                $"it has {fields.Length} values; a class and four numbers of a box are wanted, or a class and three points of an outline at least"
            );
        }

        // Numpy writes class numbers as 0.0 and 1.000000e+00.
        if (!Parse(fields[0], out var category) || category < 0 || category >= classes || category != Math.Floor(category))
        {
            return (null, $"the class is '{fields[0]}'; a number from 0 to {classes - 1} is wanted, as there are {classes} class names");
        }

        var (own, shares) = (points is null ? fields[1..] : fields[1..BoxFields], ImmutableArray.CreateBuilder<double>());
        foreach (var field in own)
        {
            if (!Parse(field, out var share) || !(share >= -Tolerance && share <= 1 + Tolerance))
            {
                return (null, $"the value '{field}' is no share from 0 to 1; divide pixels by the image's width or height");
            }

            shares.Add(share);
        }

        var row = new YoloRow((int)category, shares.ToImmutable(), fields.Length == withPoints);
        return row.IsBox && !(row.Shares[2] > 0 && row.Shares[3] > 0)
            ? (null, $"its box has the size {fields[3]} x {fields[4]}")
            : (row, null);
    }

    /// <summary>The box of a box row, in pixels.</summary>
    public Box Box(int width, int height) =>
        new((Shares[0] - (Shares[2] / 2)) * width, (Shares[1] - (Shares[3] / 2)) * height, Shares[2] * width, Shares[3] * height);

    /// <summary>The outline of another row, in pixels.</summary>
    public ImmutableArray<double> Outline(int width, int height) =>
        [.. Shares.Select((share, place) => share * (place % 2 == 0 ? width : height))];

    private static bool Parse(string field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
