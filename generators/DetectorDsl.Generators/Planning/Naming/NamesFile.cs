using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Naming;

/// <summary>What the template of the layers' other names prints.</summary>
internal sealed record NamesFile(DeclarationNames Names, string Mean, string Std, EquatableArray<NamesRow> Layers)
    : FilePlan("Names", "Names", Names);

/// <summary>A layer: the arguments of its row, and what else is set.</summary>
internal sealed record NamesRow(string Arguments, EquatableArray<string> Settings)
{
    public bool HasSettings => Settings.Count > 0;
}
