using System.Globalization;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving.Text;

/// <summary>Numbers, switches, absence and types as terms.</summary>
internal static class TermExtensions
{
    extension(Term term)
    {
        /// <summary>The first item of a list, which says what the list is.</summary>
        public string Head => term.Item(0).Text;

        public string Text => term.Atom ?? throw new FormatException("a text was expected");

        public int Integer => int.Parse(term.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        public double Real => double.Parse(term.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

        public bool Truth => term.Text == "1";

        /// <summary>Null for an empty list, which stands for nothing.</summary>
        public Term? Optional => term.Atom is null && term.Items.Count == 0 ? null : term;

        /// <summary>Everything after the head.</summary>
        public IEnumerable<Term> Tail => term.Items.Skip(1);
    }

    public static Term Item(this Term term, int index) =>
        index < term.Items.Count ? term.Items[index] : throw new FormatException($"item {index} is missing");

    public static Term ToTerm(this bool truth) => Term.Of(truth ? "1" : "0");

    public static Term ToTerm(this int number) => Term.Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The shortest text that reads back as the same number; on the .NET Framework "R" alone does not guarantee it.</summary>
    public static Term ToTerm(this double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return Term.Of(
            double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(number)
                ? text
                : number.ToString("G17", CultureInfo.InvariantCulture)
        );
    }

    public static Term ToTerm(this IEnumerable<string> texts) => Term.List(texts.Select(Term.Of));

    public static Term ToTerm(this IEnumerable<int> numbers) => Term.List(numbers.Select(ToTerm));

    /// <summary>An empty list for nothing.</summary>
    public static Term ToTerm(this string? text) => text is null ? Term.List() : Term.Of(text);

    public static EquatableArray<string> ToTexts(this Term term) => term.Items.Select(item => item.Text).ToEquatableArray();

    public static EquatableArray<int> ToIntegers(this Term term) => term.Items.Select(item => item.Integer).ToEquatableArray();

    public static Term ToTerm(this PropertyType type) =>
        type.Element is null
            ? Term.List(Term.Of(type.Kind.ToString()), Term.Of(type.Name), type.IsNullable.ToTerm())
            : Term.List(Term.Of(type.Kind.ToString()), Term.Of(type.Name), type.IsNullable.ToTerm(), type.Element.ToTerm());

    public static PropertyType ToPropertyType(this Term term) =>
        new(
            Enum.TryParse<PropertyKind>(term.Head, out var kind)
                ? kind
                : throw new FormatException($"'{term.Head}' is no kind of property"),
            term.Item(1).Text,
            term.Item(2).Truth,
            term.Items.Count > 3 ? term.Item(3).ToPropertyType() : null
        );
}
