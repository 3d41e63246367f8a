using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Pipeline;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Categories;

/// <summary>From classes with [CategorySet] and the files they name to their members, and to the catalog that declarations look into.</summary>
internal static class CategorySetPipeline
{
    /// <summary>Registers the outputs; returns what a declaration can name.</summary>
    public static IncrementalValueProvider<CategorySetCatalog> RegisterCategorySets(this IncrementalGeneratorInitializationContext context)
    {
        var targets = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                WellKnownNames.CategorySetAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                CategorySetParser.Parse
            )
            .Where(static target => target is not null)
            .Select(static (target, _) => target!)
            .WithTrackingName(CategorySetStages.Parse);
        var results = targets
            .Combine(Files(context, targets))
            .Select(static (pair, _) => CategorySetResolver.Resolve(pair.Left, pair.Right))
            .WithTrackingName(CategorySetStages.Resolve);

        var all = results.Collect().Select(static (sets, _) => sets.ToEquatableArray());
        var ambiguous = all.Select(static (sets, _) => HintName.Ambiguous(sets.Select(static set => set.Target.TypeName)));
        var rendered = results
            .Combine(ambiguous)
            .Select(static (pair, token) => Render(pair.Left, pair.Right, token))
            .WithTrackingName(CategorySetStages.Output);

        context.RegisterSourceOutput(rendered, static (output, result) =>
        {
            if (result.Source is { } source)
            {
                SourceOutput.Add(output, source);
            }
        });
        context.Report(
            all.Combine(rendered.Collect())
                .Select(
                    static (input, _) =>
                        input
                            .Left.SelectMany(static set => set.Problems)
                            .Concat(input.Right.Select(static result => result.Problem).OfType<Problem>())
                            .Select(static problem => new ProblemSet(problem.Origin.TypeName, [problem]))
                            .ToEquatableArray()
                )
        );

        var published = context.CompilationProvider.Select(PublishedCategorySet.Collect).WithTrackingName(CategorySetStages.Published);
        return all.Combine(published)
            .Select(static (pair, _) => CategorySetCatalog.Create(pair.Left, pair.Right))
            .WithTrackingName(CategorySetStages.Catalog);
    }

    /// <summary>The files that some set names, read. No other file is opened.</summary>
    private static IncrementalValueProvider<EquatableArray<CategoryFile>> Files(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<CategorySetTarget> targets
    )
    {
        var wanted = targets
            .Select(static (target, _) => target.File)
            .Collect()
            .Select(
                static (names, _) =>
                    names.Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray()
            );
        return context
            .AdditionalTextsProvider.Combine(wanted)
            .Where(static pair => pair.Right.Any(name => CategoryFile.Fits(pair.Left.Path, name)))
            .Select(static (pair, _) => pair.Left)
            .Select(CategoryFile.Read)
            .WithTrackingName(CategorySetStages.File)
            .Collect()
            .Select(
                static (files, _) =>
                    files
                        .GroupBy(static file => file.Path, StringComparer.Ordinal)
                        .Select(static group => group.First())
                        .OrderBy(static file => file.Path, StringComparer.Ordinal)
                        .ToEquatableArray()
            );
    }

    private static RenderResult Render(CategorySetResult result, EquatableArray<string> ambiguous, CancellationToken cancellationToken)
    {
        if (!result.Target.CanHoldCode)
        {
            return new RenderResult(null, null);
        }
        try
        {
            var text = TemplateRenderer.Render("CategorySet", CategorySetPlanner.Plan(result), cancellationToken);
            return new RenderResult(new GeneratedSource(HintName.Create(result.Target.TypeName, "Categories", ambiguous), text), null);
        }
        // An exception would take away the output of every other declaration, with a mere warning.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new RenderResult(
                null,
                Problems.InternalError(Origin.OfType(result.Target.TypeName), result.Target.Name, exception.Message)
            );
        }
    }
}
