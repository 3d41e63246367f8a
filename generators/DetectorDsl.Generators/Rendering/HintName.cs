using System.Globalization;
using System.Text;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Names of generated files: full metadata name of the type, aspect, <c>.g.cs</c>.</summary>
/// <remarks>The compiler refuses two names that differ only in case, and drops all output with them.</remarks>
internal static class HintName
{
    /// <summary>Those of the types whose names equal another's when case is ignored; nearly always none.</summary>
    public static EquatableArray<string> Ambiguous(IEnumerable<string> typeNames) =>
        typeNames
            .Distinct(StringComparer.Ordinal)
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Count() > 1)
            .SelectMany(static group => group)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToEquatableArray();

    /// <summary>The name of one file of a type; a type in <paramref name="ambiguous" /> gets a suffix that depends on its exact name.</summary>
    public static string Create(string typeName, string aspect, EquatableArray<string> ambiguous = default)
    {
        var name = new StringBuilder();
        foreach (var character in typeName)
        {
            name.Append(IsAllowed(character) ? character : '_');
        }
        if (ambiguous.Contains(typeName))
        {
            name.Append('-').Append(Fingerprint(typeName));
        }
        return name.Append('.').Append(aspect).Append(".g.cs").ToString();
    }

    private static bool IsAllowed(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '+' or '-';

    /// <summary>FNV-1a over the UTF-16 units: the same on every machine and in every run, unlike GetHashCode.</summary>
    private static string Fingerprint(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
