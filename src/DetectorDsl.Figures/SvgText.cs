using System.Globalization;
using System.Text.RegularExpressions;

namespace DetectorDsl.Figures;

/// <summary>What Skia leaves to be done to SVG.</summary>
internal static partial class SvgText
{
    /// <summary>The same picture: names of its parts are counted from the picture's start, not the process's, and lists of numbers end with a number.</summary>
    public static string Tidy(string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return OpenList().Replace(PartName().Replace(svg, Renamed), "$1\"");

        string Renamed(Match match)
        {
            if (!names.TryGetValue(match.Value, out var name))
            {
                names.Add(match.Value, name = string.Create(CultureInfo.InvariantCulture, $"part{names.Count}"));
            }

            return name;
        }
    }

    [GeneratedRegex(@"(?<=id=""|url\(#)[A-Za-z]+_[0-9a-f]+")]
    private static partial Regex PartName();

    [GeneratedRegex(@"([0-9]), """)]
    private static partial Regex OpenList();
}
