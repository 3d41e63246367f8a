using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>From attributed records to definitions.</summary>
internal static class ParsingStage
{
    public static IncrementalValuesProvider<Parsed<DetectorDefinition>> ParseDetectors(
        this IncrementalGeneratorInitializationContext context
    ) =>
        context
            .SyntaxProvider.ForAttributeWithMetadataName(
                WellKnownNames.DetectorAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                DetectorParser.Parse
            )
            .Where(static parsed => parsed is not null)
            .Select(static (parsed, _) => parsed!)
            .WithTrackingName(TrackingNames.Parse);

    public static IncrementalValuesProvider<Parsed<ComponentDefinition>> ParseComponents(
        this IncrementalGeneratorInitializationContext context
    ) =>
        context
            .SyntaxProvider.ForAttributeWithMetadataName(
                WellKnownNames.ComponentAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                ComponentParser.Parse
            )
            .Where(static parsed => parsed is not null)
            .Select(static (parsed, _) => parsed!)
            .WithTrackingName(TrackingNames.Parse);

    /// <summary>Without what is wrong with it, so that a problem that comes or goes disturbs nothing that follows.</summary>
    public static IncrementalValuesProvider<T> Definitions<T>(this IncrementalValuesProvider<Parsed<T>> parsed)
        where T : IEquatable<T> => parsed.Select(static (item, _) => item.Definition);
}
