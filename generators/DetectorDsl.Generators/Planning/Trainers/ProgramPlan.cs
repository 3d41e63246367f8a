using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Trainers;

/// <summary>The entry point of an executable: the trainers that its command line offers, in order of their names.</summary>
internal sealed record ProgramPlan(EquatableArray<string> Trainers)
{
    public static ProgramPlan Of(IEnumerable<Code.DeclarationNames> declarations) =>
        new(
            declarations
                .Select(static names => names.FullName)
                .Distinct(StringComparer.Ordinal)
                .OrderBy(static name => name, StringComparer.Ordinal)
                .Select(static name => CSharpLiteral.OfType($"{name}Trainer"))
                .ToEquatableArray()
        );
}
