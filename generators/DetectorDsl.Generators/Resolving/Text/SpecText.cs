using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving.Text;

/// <summary>The text by which an assembly publishes a definition for declarations in other assemblies.</summary>
/// <remarks>
/// A term: (detector ...) or (component ...). Places are left out, for there is no source to point at in another assembly. Whoever changes
/// the form raises the version: a newer text is refused with a diagnostic, not misread.
/// </remarks>
internal static class SpecText
{
    /// <summary>Version that is written, and the newest that is read.</summary>
    public const int Version = 4;

    public static string Write(DetectorDefinition definition) => DetectorTerms.Write(definition).ToString();

    public static string Write(ComponentDefinition definition) => ComponentTerms.Write(definition).ToString();

    /// <summary>Reads a detector or component.</summary>
    /// <exception cref="FormatException">The text is spoilt.</exception>
    public static (DetectorDefinition? Detector, ComponentDefinition? Component) Read(string typeName, string text)
    {
        var term = Term.Parse(text);
        return term.Head switch
        {
            DetectorTerms.Head => (DetectorTerms.Read(typeName, term), null),
            ComponentTerms.Head => (null, ComponentTerms.Read(typeName, term)),
            var head => throw new FormatException($"'{head}' is neither a detector nor a component"),
        };
    }
}
