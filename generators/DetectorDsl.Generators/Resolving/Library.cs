using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving.Text;

namespace DetectorDsl.Generators.Resolving;

/// <summary>The definitions that referenced assemblies publish, read.</summary>
internal sealed class Library
{
    private readonly Dictionary<string, int> tooNew = [];

    public Dictionary<string, DetectorDefinition> Detectors { get; } = [];

    public Dictionary<string, ComponentDefinition> Components { get; } = [];

    public static Library Read(EquatableArray<PublishedSpec> specs, CancellationToken cancellation)
    {
        var library = new Library();
        foreach (var spec in specs)
        {
            cancellation.ThrowIfCancellationRequested();
            library.Add(spec);
        }

        return library;
    }

    /// <summary>The format of a definition that a newer generator published; null where it is none such.</summary>
    public int? NewerFormat(string typeName) => tooNew.TryGetValue(typeName, out var format) ? format : null;

    private void Add(PublishedSpec spec)
    {
        if (spec.FormatVersion > SpecText.Version)
        {
            tooNew[spec.TypeName] = spec.FormatVersion;
            return;
        }

        try
        {
            var (detector, component) = SpecText.Read(spec.TypeName, spec.Text);
            if (detector is not null)
            {
                Detectors[spec.TypeName] = detector;
            }
            if (component is not null)
            {
                Components[spec.TypeName] = component;
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            // Spoilt, so as good as not there: whoever names the type is told that its assembly has to be built again.
        }
    }
}
