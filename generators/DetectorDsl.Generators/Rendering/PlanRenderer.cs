using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Stubs;
using DetectorDsl.Generators.Planning.Trainers;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Prints plans, one template per file.</summary>
internal static class PlanRenderer
{
    /// <summary>The files of a declaration; those of a stub, and a problem, where a template fails.</summary>
    public static RenderedPlan Render(DetectorPlan plan, EquatableArray<string> ambiguousNames, CancellationToken cancellation)
    {
        try
        {
            return new RenderedPlan(plan.Names.FullName, Files(plan, ambiguousNames, cancellation), []);
        }
        // Thrown, it would take away the files of every other declaration, with a mere warning.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var problem = Problems.InternalError(Origin.OfType(plan.Names.FullName), plan.Names.FullName, exception.Message);
            return new RenderedPlan(plan.Names.FullName, Files(StubOf(plan.Names), ambiguousNames, cancellation), [problem]);
        }
    }

    /// <summary>The entry point of an executable.</summary>
    public static GeneratedSource Render(ProgramPlan program, CancellationToken cancellation) =>
        new("TrainerProgram.g.cs", CodeLayout.Wrap(TemplateRenderer.Render("Program", program, cancellation)));

    private static EquatableArray<GeneratedSource> Files(
        DetectorPlan plan,
        EquatableArray<string> ambiguousNames,
        CancellationToken cancellation
    )
    {
        var hidden = plan.Names.HiddenNames;
        var codes = plan.Files.Select(file => Usings.Shorten(TemplateRenderer.Render(file.Template, file, cancellation), hidden)).ToList();
        return plan
            .Files.Zip(NameQualifier.Qualify(codes, hidden), (file, code) =>
                new GeneratedSource(HintName.Create(plan.Names.FullName, file.Aspect, ambiguousNames), CodeLayout.Wrap(code))
            )
            .ToEquatableArray();
    }

    private static DetectorPlan StubOf(DeclarationNames names) => new(names, [new StubFile("RenderedStub", names, [], [])]);
}
