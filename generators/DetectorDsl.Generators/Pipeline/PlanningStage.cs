using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Stubs;
using DetectorDsl.Generators.Planning.Trainers;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>From specifications to plans that templates can print.</summary>
internal static class PlanningStage
{
    /// <summary>A plan for each concrete declaration of a project that can compile models.</summary>
    public static IncrementalValuesProvider<PlanResult> Plan(
        this IncrementalValuesProvider<DetectorSpec> specs,
        IncrementalValueProvider<StubSurface> surface,
        IncrementalValueProvider<ProjectInfo> project
    ) =>
        specs
            .Where(static spec => !spec.IsAbstract)
            .Combine(surface.Combine(project))
            .Where(static input => input.Right.Right.HasRuntime)
            .Select(static (input, cancellation) => PlanSafely(input.Left, input.Right.Left, input.Right.Right, cancellation))
            .WithTrackingName(TrackingNames.Plan);

    /// <summary>A stub for each concrete declaration that could not be resolved.</summary>
    public static IncrementalValuesProvider<PlanResult> PlanStubs(
        this IncrementalValuesProvider<Resolution> resolutions,
        IncrementalValueProvider<StubSurface> surface,
        IncrementalValueProvider<ProjectInfo> project
    ) =>
        resolutions
            .Where(static resolution => resolution.NeedsStub)
            .Select(static (resolution, _) => resolution.Declaration)
            .Combine(surface.Combine(project))
            .Where(static input => input.Right.Right.HasRuntime)
            .Select(static (input, _) => StubPlanner.OfUnresolved(input.Left, input.Right.Left, input.Right.Right));

    /// <summary>The entry point of an executable without one of its own; null for other projects.</summary>
    /// <remarks>A declaration with mistakes still gets one, so that the compiler does not complain of its absence on top.</remarks>
    public static IncrementalValueProvider<ProgramPlan?> PlanProgram(
        this IncrementalValuesProvider<PlanResult> plans,
        IncrementalValuesProvider<PlanResult> stubs,
        IncrementalValueProvider<ProjectInfo> project
    )
    {
        var trainable = plans.Where(static result => result.IsTrainable).Select(static (result, _) => result.Plan.Names).Collect();
        var hasAny = plans
            .Select(static (_, _) => true)
            .Collect()
            .Combine(stubs.Select(static (_, _) => true).Collect())
            .Select(static (found, _) => !found.Left.IsEmpty || !found.Right.IsEmpty);
        return trainable
            .Combine(hasAny)
            .Combine(project)
            .Select(static (input, _) => input.Right.WantsEntryPoint && input.Left.Right ? ProgramPlan.Of(input.Left.Left) : null);
    }

    /// <summary>Declarations of one name in one executable: its command line tells them apart by it.</summary>
    public static IncrementalValueProvider<EquatableArray<ProblemSet>> SelectNamesakes(
        this IncrementalValuesProvider<PlanResult> plans,
        IncrementalValueProvider<ProjectInfo> project
    ) =>
        plans
            .Where(static result => result.IsTrainable)
            .Select(static (result, _) => result.Plan.Names)
            .Collect()
            .Combine(project)
            .Select(static (input, _) => input.Right.WantsEntryPoint ? Namesakes(input.Left).ToEquatableArray() : []);

    /// <summary>Declarations of an executable that does not reference the runtime, for which nothing is generated.</summary>
    public static IncrementalValueProvider<EquatableArray<ProblemSet>> SelectWithoutRuntime(
        this IncrementalValuesProvider<DetectorSpec> specs,
        IncrementalValueProvider<ProjectInfo> project
    ) =>
        specs
            .Where(static spec => !spec.IsAbstract)
            .Select(static (spec, _) => (spec.FullName, spec.Name))
            .Collect()
            .Combine(project)
            .Select(
                static (input, _) =>
                    input.Right is { IsExecutable: true, HasRuntime: false }
                        ? input
                            .Left.Select(static spec => new ProblemSet(
                                spec.FullName,
                                [Problems.RuntimeNotReferenced(Origin.OfType(spec.FullName), spec.Name)]
                            ))
                            .ToEquatableArray()
                        : []
            );

    /// <summary>What planning found, by declaration.</summary>
    public static IncrementalValueProvider<EquatableArray<ProblemSet>> SelectProblems(this IncrementalValuesProvider<PlanResult> plans) =>
        plans
            .Where(static result => result.Problems.Count > 0)
            .Select(static (result, _) => new ProblemSet(result.Plan.Names.FullName, result.Problems))
            .Collect()
            .Select(static (sets, _) => sets.ToEquatableArray());

    private static IEnumerable<ProblemSet> Namesakes(IEnumerable<DeclarationNames> declarations) =>
        declarations
            .OrderBy(static names => names.FullName, StringComparer.Ordinal)
            .GroupBy(static names => names.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(static group =>
                group
                    .Skip(1)
                    .Select(names => new ProblemSet(
                        names.FullName,
                        [Problems.DuplicateName(Origin.OfType(names.FullName), names.Name, group.First().FullName, names.FullName)]
                    ))
            );

    // A mistake of ours costs the user one declaration, and says so; thrown, it would cost all of them, with a warning only.
    private static PlanResult PlanSafely(DetectorSpec spec, StubSurface surface, ProjectInfo project, CancellationToken cancellation)
    {
        try
        {
            return DetectorPlanner.Plan(spec, surface, project, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var problem = Problems.InternalError(Origin.OfType(spec.FullName), spec.FullName, exception.ToString());
            return new PlanResult(StubPlanner.OfResolved(DeclarationNames.Of(spec), surface, project), [problem], IsTrainable: false);
        }
    }
}
