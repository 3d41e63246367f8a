using SkiaSharp;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>
/// A font of straight strokes for the labels of pictures. Skia's build without dependencies knows no system fonts, and a bare machine has none;
/// with a font of our own, pictures look the same everywhere.
/// </summary>
internal static class StrokeFont
{
    /// <summary>Columns from one character to the next, in units of the grid.</summary>
    public const float Advance = 5.6f;

    /// <summary>Rows from the top of capitals to the bottom of descenders, in units of the grid.</summary>
    public const float LineHeight = 8;

    // Strokes of the characters from ' ' to '~' on a grid of 5 columns and 9 rows: pairs of column and row, a blank between strokes; capitals
    // fill the rows 0 to 6, descenders reach row 8. A point twice is a dot.
    private static readonly string[] Glyphs =
    [
        "",
        "2024 2626",
        "1012 3032",
        "1016 3036 0242 0444",
        "413010010213334445361605 2026",
        "4006 0010110100 3545463635",
        "4612112031320405162644",
        "2022",
        "30212536",
        "10212516",
        "2125 0244 0442",
        "2125 0343",
        "2617",
        "1333",
        "2626",
        "0640",
        "103041453616050110",
        "112026 1636",
        "01103041420646",
        "0110304142334445361605 1333",
        "36300444",
        "400003334445361605",
        "413010010516364544331304",
        "004016",
        "13020110304142331304051636454433",
        "051636454130100102133342",
        "2222 2525",
        "2222 2517",
        "411345",
        "0242 0444",
        "013305",
        "01103041422324 2626",
        "34141232344441301001051646",
        "062046 1434",
        "00063645443303 0030414233",
        "4130100105163645",
        "00063645413000",
        "40000646 0333",
        "400006 0333",
        "41301001051636454323",
        "0006 4046 0343",
        "1030 2026 1636",
        "4045361605",
        "0006 400346",
        "000646",
        "0600234046",
        "06004640",
        "103041453616050110",
        "06003041423303",
        "103041453616050110 2446",
        "06003041423303 2346",
        "413010010213334445361605",
        "0040 2026",
        "000516364540",
        "002640",
        "0016233640",
        "0046 4006",
        "002340 2326",
        "00400646",
        "30202636",
        "0046",
        "10202616",
        "022042",
        "0747",
        "1021",
        "4246 4332120305163645",
        "0006 0312324345361605",
        "4332120305163645",
        "4046 4332120305163645",
        "044443321203051646",
        "41302126 1232",
        "4247381807 4332120305163645",
        "0006 0312324346",
        "2226 2020",
        "32372818 3030",
        "0006 320446",
        "2026",
        "0206 03122326 23324346",
        "0206 0312324346",
        "123243453616050312",
        "0208 0312324345361605",
        "4248 4332120305163645",
        "0206 03123243",
        "4212031434453606",
        "10152636 0232",
        "0205163645 4246",
        "022642",
        "0216243642",
        "0246 4206",
        "0226 4218",
        "02420646",
        "30212213242536",
        "2027",
        "10212233242516",
        "03123443",
    ];

    /// <summary>Whether the font has every character.</summary>
    public static bool Covers(string text) => text.All(character => character is >= ' ' and <= '~');

    /// <summary>Width of a text, in pixels.</summary>
    public static float Measure(string text, float unit) => text.Length == 0 ? 0 : ((text.Length * Advance) - 1) * unit;

    /// <summary>The strokes of a text.</summary>
    /// <param name="text">Characters that the font lacks become '?'.</param>
    /// <param name="left">Left side in pixels.</param>
    /// <param name="top">Top of the capitals in pixels.</param>
    /// <param name="unit">Pixels of a unit of the grid.</param>
    public static SKPath Path(string text, float left, float top, float unit)
    {
        var path = new SKPath();
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i] is >= ' ' and <= '~' ? text[i] : '?';
            foreach (var stroke in Glyphs[character - ' '].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                for (var p = 0; p + 1 < stroke.Length; p += 2)
                {
                    var point = new SKPoint(left + (((i * Advance) + stroke[p] - '0') * unit), top + ((stroke[p + 1] - '0') * unit));
                    if (p == 0)
                    {
                        path.MoveTo(point);
                    }
                    else
                    {
                        path.LineTo(point);
                    }
                }
            }
        }

        return path;
    }
}
