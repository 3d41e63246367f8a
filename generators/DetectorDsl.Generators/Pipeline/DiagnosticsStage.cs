using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Parsing;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>From problems to diagnostics. Locations are looked up in the compilation at hand, so none outlives its tree.</summary>
internal static class DiagnosticsStage
{
    public static void ReportProblems(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<Parsed<DetectorDefinition>> detectors,
        IncrementalValuesProvider<Parsed<ComponentDefinition>> components,
        IncrementalValueProvider<Catalogs> catalogs,
        IncrementalValuesProvider<Resolution> resolutions
    )
    {
        var parsed = detectors
            .Select(static (item, _) => new ProblemSet(item.Definition.FullName, item.Problems))
            .Collect()
            .Combine(components.Select(static (item, _) => new ProblemSet(item.Definition.TypeName, item.Problems)).Collect());
        var resolved = resolutions
            .Select(static (item, _) => new ProblemSet(item.Declaration.FullName, item.Problems))
            .Collect()
            .Combine(catalogs.Select(static (item, _) => new ProblemSet("", item.Components.Problems)));
        context.Report(
            parsed
                .Combine(resolved)
                .Select(
                    static (sets, _) =>
                        sets
                            .Left.Left.AddRange(sets.Left.Right)
                            .AddRange(sets.Right.Left)
                            .Add(sets.Right.Right)
                            .Where(static set => set.Problems.Count > 0)
                            .ToEquatableArray()
                )
        );
    }

    /// <summary>Reports sets of problems, each once, however many declarations meet it.</summary>
    public static void Report(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<ProblemSet>> sets
    ) =>
        context.RegisterSourceOutput(
            sets.Combine(context.CompilationProvider)
                .Select(static (input, _) => Locate(input.Left, input.Right))
                .WithTrackingName(TrackingNames.Diagnostics),
            static (output, located) =>
            {
                foreach (var item in located)
                {
                    output.ReportDiagnostic(item.Problem.ToDiagnostic(item.Location));
                }
            }
        );

    private static EquatableArray<LocatedProblem> Locate(EquatableArray<ProblemSet> sets, Compilation compilation) =>
        sets.SelectMany(set =>
                set.Problems.Select(problem => new LocatedProblem(
                    problem,
                    OriginLocator.Locate(compilation, problem.Origin, set.Declaration)
                ))
            )
            .Distinct()
            .ToEquatableArray();
}

/// <summary>Problems of one declaration, whose name stands in where a problem's own place is not in this project's source.</summary>
internal sealed record ProblemSet(string Declaration, EquatableArray<Problem> Problems);

/// <summary>A problem at its place. Equal only in the same syntax tree: one of an older tree makes the compiler throw.</summary>
internal sealed record LocatedProblem(Problem Problem, Location Location);
