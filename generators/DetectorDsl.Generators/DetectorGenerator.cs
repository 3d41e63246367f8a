using DetectorDsl.Generators.Categories;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Pipeline;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators;

/// <summary>Emits the model, losses, training loop and trainer of every declared detector.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DetectorGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Parse: own slots of each declaration, own members of each component.
        var detectors = context.ParseDetectors();
        var components = context.ParseComponents();
        var project = context.CompilationProvider.Select(
            static (compilation, cancellation) => ProjectReader.Read(compilation, cancellation)
        );

        // Category sets: their members, and what declarations can name.
        var categorySets = context.RegisterCategorySets();

        // Resolve: joined with what they derive from, here and in referenced assemblies.
        var catalogs = context.BuildCatalogs(detectors, components, categorySets);
        var resolutions = detectors.Resolve(catalogs);
        var specs = resolutions.SelectSpecs();

        // Plan: shapes, names and literals are settled. Output: one file per aspect, and the entry point of an executable.
        var surface = catalogs.Select(static (catalogs, _) => catalogs.Components.Surface);
        var plans = specs.Plan(surface, project);
        context.Render(plans.Select(static (result, _) => result.Plan));
        var stubs = resolutions.PlanStubs(surface, project);
        context.Render(stubs.Select(static (result, _) => result.Plan));
        context.Render(plans.PlanProgram(stubs, project));

        // Published slots, for declarations in other assemblies.
        context.PublishSpecs(detectors, components);

        // Diagnostics: the only place where a problem meets a location.
        context.ReportProblems(detectors, components, catalogs, resolutions);
        context.Report(plans.SelectProblems());
        context.Report(stubs.SelectProblems());
        context.Report(plans.SelectNamesakes(project));
        context.Report(specs.SelectWithoutRuntime(project));
    }
}
