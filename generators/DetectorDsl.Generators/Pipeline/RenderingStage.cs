using DetectorDsl.Generators.Planning;
using DetectorDsl.Generators.Planning.Trainers;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Pipeline;

/// <summary>From plans to files of the compilation.</summary>
internal static class RenderingStage
{
    public static void Render(this IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DetectorPlan> plans)
    {
        // Nearly always empty, so that a declaration more or less re-renders none of the others.
        var ambiguous = plans
            .Select(static (plan, _) => plan.Names.FullName)
            .Collect()
            .Select(static (names, _) => HintName.Ambiguous(names));
        var rendered = plans
            .Combine(ambiguous)
            .Select(static (input, cancellation) => PlanRenderer.Render(input.Left, input.Right, cancellation))
            .WithTrackingName(TrackingNames.Output);
        context.RegisterSourceOutput(rendered.Select(static (plan, _) => plan.Files), static (output, files) =>
        {
            foreach (var file in files)
            {
                SourceOutput.Add(output, file);
            }
        });
        context.Report(
            rendered
                .Where(static plan => plan.Problems.Count > 0)
                .Select(static (plan, _) => new ProblemSet(plan.Declaration, plan.Problems))
                .Collect()
                .Select(static (sets, _) => sets.ToEquatableArray())
        );
    }

    public static void Render(this IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProgramPlan?> program) =>
        context.RegisterSourceOutput(
            program
                .Select(static (plan, cancellation) => plan is null ? null : PlanRenderer.Render(plan, cancellation))
                .WithTrackingName(TrackingNames.Output),
            static (output, file) =>
            {
                if (file is not null)
                {
                    SourceOutput.Add(output, file);
                }
            }
        );
}
