using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving.Text;

/// <summary>Members of components as terms and back.</summary>
internal static class MemberTerms
{
    public static Term Write(MemberDefinition member) =>
        Term.List(
            Term.Of(member.Name),
            member.Property.Type.ToTerm(),
            member.IsParameter.ToTerm(),
            member.Default is null ? Term.List() : ExpressionTerms.Write(member.Default),
            Term.Of(member.Property.Summary),
            member.Property.IsTrainerOption.ToTerm(),
            Write(member.Property.Range),
            member.Property.AllowedValues.ToTerm(),
            member.Property.Length is { } length ? Term.List(length.Minimum.ToTerm(), length.Maximum.ToTerm()) : Term.List(),
            member.Property.MayChange.ToTerm(),
            member.Property.ArrangesLogits.ToTerm(),
            member.Property.IsAscending.ToTerm(),
            Term.Of(member.Property.AtMost)
        );

    public static MemberDefinition Read(string typeName, Term term)
    {
        var name = term.Item(0).Text;
        var property = new PropertyInfo(
            name,
            term.Item(4).Text,
            term.Item(5).Truth,
            term.Item(6).Optional is { } range ? ReadRange(range) : null
        )
        {
            Type = term.Item(1).ToPropertyType(),
            AllowedValues = term.Item(7).ToTexts(),
            Length = term.Item(8).Optional is { } length ? new LengthInfo(length.Item(0).Integer, length.Item(1).Integer) : null,
            MayChange = term.Item(9).Truth,
            ArrangesLogits = term.Item(10).Truth,
            IsAscending = term.Items.Count > 11 && term.Item(11).Truth,
            AtMost = term.Items.Count > 12 ? term.Item(12).Text : "",
        };
        var value = term.Item(3).Optional is { } expression ? ExpressionTerms.Read(expression, Origin.OfMember(typeName, name)) : null;
        return new MemberDefinition(property, term.Item(2).Truth, value);
    }

    private static Term Write(RangeInfo? range) =>
        range is null
            ? Term.List()
            : Term.List(
                range.Minimum.ToTerm(),
                range.Maximum.ToTerm(),
                range.MinimumIsExclusive.ToTerm(),
                range.MaximumIsExclusive.ToTerm()
            );

    private static RangeInfo ReadRange(Term term) => new(term.Item(0).Real, term.Item(1).Real, term.Item(2).Truth, term.Item(3).Truth);
}
