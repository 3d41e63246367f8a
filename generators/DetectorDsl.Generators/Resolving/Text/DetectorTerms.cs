using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving.Text;

/// <summary>Definitions of detectors as terms and back.</summary>
internal static class DetectorTerms
{
    public const string Head = "detector";

    public static Term Write(DetectorDefinition definition) =>
        Term.List(
            Term.Of(Head),
            Term.Of(definition.BaseType),
            Term.Of(definition.Accessibility),
            definition.IsAbstract.ToTerm(),
            definition.IsBroken.ToTerm(),
            Term.Of(definition.Categories),
            Term.Of(definition.Summary),
            Term.List(definition.Slots.Select(Write))
        );

    public static DetectorDefinition Read(string typeName, Term term)
    {
        var dot = typeName.LastIndexOf('.');
        return new DetectorDefinition
        {
            Namespace = dot < 0 ? "" : typeName.Substring(0, dot),
            Name = typeName.Substring(dot + 1),
            BaseType = term.Item(1).Text,
            Accessibility = term.Item(2).Text,
            IsAbstract = term.Item(3).Truth,
            IsBroken = term.Item(4).Truth,
            Categories = term.Item(5).Text,
            Summary = term.Item(6).Text,
            Slots = term.Item(7).Items.Select(slot => ReadSlot(typeName, slot)).ToEquatableArray(),
        };
    }

    private static Term Write(SlotDefinition slot) =>
        Term.List(
            Term.Of(slot.Name),
            slot.Type.ToTerm(),
            slot.IsPublic.ToTerm(),
            slot.Value is null ? Term.List() : ExpressionTerms.Write(slot.Value)
        );

    private static SlotDefinition ReadSlot(string typeName, Term term)
    {
        var name = term.Item(0).Text;
        return new SlotDefinition(
            name,
            term.Item(1).ToPropertyType(),
            term.Item(2).Truth,
            term.Item(3).Optional is { } value ? ExpressionTerms.Read(value, Origin.OfMember(typeName, name)) : null
        );
    }
}
