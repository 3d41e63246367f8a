using System.Text.RegularExpressions;

namespace DetectorDsl.Generators.Rendering;

/// <summary>All that a generated file can import: the using directives of the templates, and the namespaces of what is written by its short name.</summary>
internal static class Imports
{
    private static readonly Regex Directive = new(
        @"^using (?<static>static )?global::(?<path>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    );

    /// <summary>The namespaces.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
    [
        .. Of(isStatic: false)
            .Concat(ShortNames.AllNamespaces)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static path => path, StringComparer.Ordinal),
    ];

    /// <summary>The static classes, with dots before nested ones.</summary>
    public static IReadOnlyList<string> StaticClasses { get; } =
    [.. Of(isStatic: true).Distinct(StringComparer.Ordinal).OrderBy(static path => path, StringComparer.Ordinal)];

    private static IEnumerable<string> Of(bool isStatic) =>
        from name in TemplateCatalog.Names
        from Match directive in Directive.Matches(TemplateCatalog.Text(name))
        where directive.Groups["static"].Success == isStatic
        select directive.Groups["path"].Value;
}
