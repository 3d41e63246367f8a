using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Describing;

/// <summary>What the template of the description prints: documentation of the declaration, a text, the state dict, the resolved configuration and its hash.</summary>
internal sealed record DescriptionFile(
    DeclarationNames Names,
    EquatableArray<DescribedLayer> Layers,
    string Total,
    string Parameters,
    string MultiplyAdds,
    string UnknownNote,
    string Text,
    string State,
    string Configuration,
    string Hash
) : FilePlan("Description", "Description", Names);

/// <summary>A row of the table in the documentation, escaped for XML.</summary>
internal sealed record DescribedLayer(string Name, string Kind, string Shape, string Parameters);
