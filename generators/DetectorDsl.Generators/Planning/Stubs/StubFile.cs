using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Stubs;

/// <summary>What stands in for a declaration with mistakes, so that code that uses it compiles and the mistakes stand alone.</summary>
/// <param name="Aspect">What tells the file from the declaration's others.</param>
/// <param name="Names">The declaration.</param>
/// <param name="Options">Properties of the options.</param>
/// <param name="Terms">Terms of the losses.</param>
internal sealed record StubFile(string Aspect, DeclarationNames Names, EquatableArray<StubMember> Options, EquatableArray<string> Terms)
    : FilePlan(Aspect, "Stub", Names)
{
    /// <summary>Classes that are generated for some declarations, those whose names no type of the user's has.</summary>
    public IEnumerable<string> Parts =>
        GeneratedTypes.Layers.Select(layer => Names.Name + layer).Where(name => !Names.TakenNames.Contains(name));
}
