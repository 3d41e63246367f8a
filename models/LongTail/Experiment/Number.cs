using System.Globalization;

namespace LongTail.Experiment;

/// <summary>Numbers as options take them.</summary>
internal static class Number
{
    /// <summary>With all digits and a decimal point.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
