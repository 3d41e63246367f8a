using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Stubs;

/// <summary>Plans what stands in for a declaration with mistakes.</summary>
internal static class StubPlanner
{
    /// <summary>The stub of a declaration that could not be read or resolved.</summary>
    public static PlanResult OfUnresolved(DeclarationInfo declaration, StubSurface surface, ProjectInfo project)
    {
        var names = new DeclarationNames(declaration.Namespace, declaration.WrittenName, declaration.Accessibility, declaration.Summary)
        {
            TakenNames = declaration.TakenNames,
            HiddenNames = declaration.HiddenNames,
        };
        return TakenBy(names, declaration.FullName) is { } problem
            ? new PlanResult(new DetectorPlan(names, []), [problem], IsTrainable: false)
            : new PlanResult(Plan("Stub", names, surface, project), [], IsTrainable: false);
    }

    /// <summary>The stub of one that was resolved, but cannot be planned or rendered.</summary>
    public static DetectorPlan OfResolved(DeclarationNames names, StubSurface surface, ProjectInfo project) =>
        Plan("ResolvedStub", names, surface, project);

    /// <summary>The problem where a type of the user's has the name of one that every declaration yields, a stub, too; null where none has.</summary>
    public static Problem? TakenBy(DeclarationNames names, string declaration) =>
        GeneratedTypes.Always.Select(suffix => names.Name + suffix).FirstOrDefault(names.TakenNames.Contains) is { } taken
            ? Problems.DuplicateName(Origin.OfType(declaration), taken, "a type of your own", $"a type that is generated for {names.Name}")
            : null;

    private static DetectorPlan Plan(string aspect, DeclarationNames names, StubSurface surface, ProjectInfo project) =>
        new(names, project.CompilesStubs ? [new StubFile(aspect, names, surface.Options, surface.Terms)] : []);
}
