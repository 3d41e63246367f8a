using System.Text.RegularExpressions;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Writes the library's types by their names alone, and completes a file's using directives to match.</summary>
internal static class Usings
{
    private const string Directive = "using global::";

    private static readonly Regex Qualified = new(@"global::(?<path>\w+(\.\w+)+)", RegexOptions.CultureInvariant);

    /// <summary>Shortens what a file with using directives names in full.</summary>
    /// <param name="code">The file.</param>
    /// <param name="hidden">Names that mean something else beside the declaration; they stay in full.</param>
    public static string Shorten(string code, EquatableArray<HiddenName> hidden = default)
    {
        var lines = code.Split('\n');
        var first = Array.FindIndex(lines, IsDirective);
        if (first < 0)
        {
            return code;
        }

        var count = lines.Skip(first).TakeWhile(IsDirective).Count();
        var imported = new HashSet<string>(lines.Skip(first).Take(count).Select(NamespaceOf), StringComparer.Ordinal);
        var body = Shorten(string.Join("\n", lines.Skip(first + count)), imported, hidden);
        var directives = imported
            .OrderBy(static space => !space.StartsWith("System", StringComparison.Ordinal))
            .ThenBy(static space => space, StringComparer.Ordinal);
        return string.Join("\n", [.. lines.Take(first), .. directives.Select(static space => $"{Directive}{space};"), body]);
    }

    private static string Shorten(string body, HashSet<string> imported, EquatableArray<HiddenName> hidden) =>
        Qualified.Replace(body, match =>
        {
            var path = match.Groups["path"].Value;
            if (
                ShortNames.FindIn(path) is not var (space, name)
                || hidden.Any(item => item.Name == name)
                || (ShortNames.IsAlsoInTorchModules(name) && imported.Contains(ShortNames.TorchModules))
            )
            {
                return match.Value;
            }
            imported.Add(space);
            return path.Substring(space.Length + 1);
        });

    // Those of static classes come last and stay as they are.
    private static bool IsDirective(string line) => line.StartsWith(Directive, StringComparison.Ordinal);

    private static string NamespaceOf(string line) => line.Substring(Directive.Length).TrimEnd(';');
}
