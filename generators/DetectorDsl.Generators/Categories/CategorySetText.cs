using System.Globalization;
using System.Text;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Categories;

/// <summary>A category set as the text that its assembly publishes: a line for each category, its parts between tabs, the name last.</summary>
internal static class CategorySetText
{
    /// <summary>Raised when an older reader would misread what is written. Every older format must stay readable.</summary>
    public const int FormatVersion = 1;

    public static string Write(EquatableArray<CategorySpec> categories)
    {
        var text = new StringBuilder();
        foreach (var category in categories)
        {
            text.Append(category.Id.ToString(CultureInfo.InvariantCulture))
                .Append('\t')
                .Append(category.EnumMember)
                .Append('\t')
                .Append(category.Frequency)
                .Append('\t')
                .Append(category.ImageCount.ToString(CultureInfo.InvariantCulture))
                .Append('\t')
                .Append(category.InstanceCount.ToString(CultureInfo.InvariantCulture))
                .Append('\t')
                .Append(category.Name.Replace("\\", "\\\\").Replace("\n", "\\n"))
                .Append('\n');
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">The text was not written by <see cref="Write" />.</exception>
    public static EquatableArray<CategorySpec> Read(string text) =>
        text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(ReadLine).ToEquatableArray();

    private static CategorySpec ReadLine(string line)
    {
        var parts = line.Split(['\t'], 6);
        if (parts.Length != 6)
        {
            throw new FormatException("A category has six parts.");
        }
        return new CategorySpec(Number(parts[0]), Unescape(parts[5]), parts[1], parts[2], Number(parts[3]), Number(parts[4]));
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Unescape(string text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text;
        }
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            result.Append(
                text[i] != '\\' ? text[i]
                : text[++i] == 'n' ? '\n'
                : '\\'
            );
        }
        return result.ToString();
    }
}
