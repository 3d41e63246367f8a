using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>From definitions to specifications.</summary>
internal static class ResolvingStage
{
    public static IncrementalValueProvider<Catalogs> BuildCatalogs(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<Parsed<DetectorDefinition>> detectors,
        IncrementalValuesProvider<Parsed<ComponentDefinition>> components,
        IncrementalValueProvider<CategorySetCatalog> categorySets
    )
    {
        // Texts first: comparing them costs nothing, and they are read again only when a reference changes.
        var library = context
            .CompilationProvider.Select(static (compilation, cancellation) => LibraryReader.Read(compilation, cancellation))
            .Select(static (specs, cancellation) => Library.Read(specs, cancellation));
        var componentCatalog = components
            .Definitions()
            .Collect()
            .Combine(library)
            .Select(static (input, cancellation) => ComponentCatalog.Create(input.Left, input.Right, cancellation));
        var detectorCatalog = detectors
            .Definitions()
            .Collect()
            .Combine(library)
            .Select(static (input, _) => DetectorCatalog.Create(input.Left, input.Right));
        return detectorCatalog
            .Combine(componentCatalog)
            .Combine(categorySets)
            .Select(static (input, _) => new Catalogs(input.Left.Left, input.Left.Right, input.Right));
    }

    public static IncrementalValuesProvider<Resolution> Resolve(
        this IncrementalValuesProvider<Parsed<DetectorDefinition>> detectors,
        IncrementalValueProvider<Catalogs> catalogs
    ) =>
        detectors
            .Definitions()
            .Combine(catalogs)
            .Select(
                static (input, cancellation) =>
                    DetectorResolver.Resolve(
                        input.Left,
                        input.Right.Detectors,
                        input.Right.Components,
                        input.Right.CategorySets,
                        cancellation
                    )
            )
            .WithTrackingName(TrackingNames.Resolve);

    /// <summary>The specifications of declarations without errors.</summary>
    public static IncrementalValuesProvider<DetectorSpec> SelectSpecs(this IncrementalValuesProvider<Resolution> resolutions) =>
        resolutions
            .Where(static resolution => resolution.Spec is not null)
            .Select(static (resolution, _) => resolution.Spec!)
            .WithTrackingName(TrackingNames.Spec);
}
