using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>What a template prints of a module's layers.</summary>
internal sealed record StructureCode(EquatableArray<RegistrationCode> Registrations)
{
    /// <summary>Those that are fields of their own.</summary>
    public IEnumerable<RegistrationCode> Fields => Registrations.Where(static registration => registration.Type.Length > 0);

    /// <summary>Of a module that holds others in properties: what each registers, and the expression for it.</summary>
    public static StructureCode Holding(params IEnumerable<(string Name, string Expression)> parts) =>
        new(parts.Select(static part => new RegistrationCode(part.Name, "", part.Expression, [], null)).ToEquatableArray());

    public static StructureCode Of(IEnumerable<LayerField> fields) => new(fields.Select(RegistrationCode.Of).ToEquatableArray());
}

/// <summary>A name that a module registers: the type of its field (empty where a property holds it), what is registered, and what is listed there.</summary>
internal sealed record RegistrationCode(string Name, string Type, string Target, EquatableArray<string> Items, string? Condition)
{
    public bool HasItems => Items.Count > 0;

    public bool IsConditional => Condition is not null;

    public static RegistrationCode Of(LayerField field) =>
        field.IsProperty
            ? new(field.Name, "", field.Code.Construction, [], null)
            : new(
                field.Name,
                field.Code.Type + (field.Condition is null ? "" : "?"),
                $"{field.Name} = {field.Code.Construction}",
                field.Items,
                field.Condition
            );
}
