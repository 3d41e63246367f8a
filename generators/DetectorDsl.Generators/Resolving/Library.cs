using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving.Text;

namespace DetectorDsl.Generators.Resolving;

/// <summary>The definitions that referenced assemblies publish, read.</summary>
internal sealed class Library
{
    private readonly Dictionary<string, PublishedSpec> refused = [];

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

    /// <summary>The format of a definition that is published in a form which this generator cannot read; null where it is none such.</summary>
    public int? RefusedFormat(string typeName) => refused.TryGetValue(typeName, out var spec) ? spec.FormatVersion : null;

    private void Add(PublishedSpec spec)
    {
        if (spec.FormatVersion > SpecText.Version)
        {
            refused[spec.TypeName] = spec;
            return;
        }

        try
        {
            var (detector, component) = SpecText.Read(spec.TypeName, spec.Text);
            if (detector is not null)
                Detectors[spec.TypeName] = detector;
            if (component is not null)
                Components[spec.TypeName] = component;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            refused[spec.TypeName] = spec;
        }
    }
}
