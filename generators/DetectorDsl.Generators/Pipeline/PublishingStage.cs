using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using DetectorDsl.Generators.Resolving;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>From definitions to the attributes that publish them.</summary>
internal static class PublishingStage
{
    public static void PublishSpecs(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<Parsed<DetectorDefinition>> detectors,
        IncrementalValuesProvider<Parsed<ComponentDefinition>> components
    )
    {
        var published = detectors
            .Definitions()
            .Select(static (definition, _) => PublishedSpecs.Of(definition))
            .Collect()
            .Combine(components.Definitions().Select(static (definition, _) => PublishedSpecs.Of(definition)).Collect())
            .Select(static (specs, _) => specs.Left.AddRange(specs.Right).ToEquatableArray());
        context.RegisterSourceOutput(published, static (output, specs) =>
        {
            if (specs.Count > 0)
            {
                SourceOutput.Add(output, PublishedSpecs.Render(specs));
            }
        });
    }
}
