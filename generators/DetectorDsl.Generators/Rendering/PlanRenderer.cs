using DetectorDsl.Generators.Planning;
using DetectorDsl.Generators.Planning.Trainers;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Prints plans, one template per file.</summary>
internal static class PlanRenderer
{
    /// <summary>The files of a declaration.</summary>
    public static EquatableArray<GeneratedSource> Render(DetectorPlan plan, EquatableArray<string> ambiguousNames, CancellationToken cancellation) =>
        plan.Files
            .Select(file => new GeneratedSource(HintName.Create(plan.Names.FullName, file.Aspect, ambiguousNames), TemplateRenderer.Render(file.Template, file, cancellation)))
            .ToEquatableArray();

    /// <summary>The entry point of an executable.</summary>
    public static GeneratedSource Render(ProgramPlan program, CancellationToken cancellation) =>
        new("TrainerProgram.g.cs", TemplateRenderer.Render("Program", program, cancellation));
}
