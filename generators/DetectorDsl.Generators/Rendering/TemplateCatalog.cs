using System.Collections.Concurrent;
using Scriban;

namespace DetectorDsl.Generators.Rendering;

/// <summary>The templates embedded in this assembly, each read and parsed once.</summary>
internal static class TemplateCatalog
{
    public const string Extension = ".sbntxt";

    private static readonly ConcurrentDictionary<string, Lazy<Template>> Parsed = new(StringComparer.Ordinal);

    /// <summary>File names of all templates, partials among them, without the extension, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(TemplateCatalog)
            .Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static name => name.Substring(0, name.Length - Extension.Length))
            .OrderBy(static name => name, StringComparer.Ordinal),
    ];

    /// <summary>Returns a template by its file name without the extension.</summary>
    /// <exception cref="TemplateException">No such template, or it does not parse.</exception>
    public static Template Get(string name) =>
        Parsed.GetOrAdd(name, static name => new Lazy<Template>(() => Parse(name + Extension, Read(name + Extension)))).Value;

    /// <summary>Parses the text of a template; the file name is what its errors name.</summary>
    /// <exception cref="TemplateException">The text does not parse; every error is listed with line and column.</exception>
    public static Template Parse(string fileName, string text)
    {
        // Templates hold LF in the repository, but a checkout may have turned them.
#pragma warning disable RS0030 // Banned elsewhere for the sake of this place.
        var template = Template.Parse(text.Replace("\r\n", "\n"), fileName);
#pragma warning restore RS0030
        return template.HasErrors ? throw new TemplateException(string.Join("\n", template.Messages)) : template;
    }

    /// <summary>The text of a template, as it is written.</summary>
    public static string Text(string name) => Read(name + Extension).Replace("\r\n", "\n");

    private static string Read(string fileName)
    {
        using var stream = typeof(TemplateCatalog).Assembly.GetManifestResourceStream(fileName)
            ?? throw new TemplateException($"No template '{fileName}' is embedded; the templates are: {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
