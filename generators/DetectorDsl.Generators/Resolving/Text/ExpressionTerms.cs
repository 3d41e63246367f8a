using System.Globalization;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving.Text;

/// <summary>Expressions as terms and back. What is read has the member as a whole for its origin.</summary>
internal static class ExpressionTerms
{
    public static Term Write(Expression expression) =>
        expression switch
        {
            ConstantExpression constant => WriteConstant(constant.Value),
            NewExpression creation => Node("new", Term.Of(creation.TypeName), Write(creation.Arguments), Write(creation.Initializers)),
            WithExpression with => Node("with", Write(with.Source), Write(with.Initializers)),
            ListExpression list => Term.List(list.Items.Select(Write).Prepend(Term.Of("list"))),
            SpreadExpression spread => Node("spread", Write(spread.Source)),
            CastExpression cast => Node("cast", Term.Of(cast.TypeName), Write(cast.Source)),
            WideningExpression widening => Node("widen", widening.IsSingle.ToTerm(), Write(widening.Source)),
            SlotExpression slot => Node("slot", Term.Of(slot.Slot), Term.Of(slot.DeclaringType)),
            BaseSlotExpression slot => Node("base", Term.Of(slot.Slot)),
            MemberExpression member => Node("member", Term.Of(member.Property), Write(member.Source)),
            ParameterExpression parameter => Node("parameter", Term.Of(parameter.Name)),
            _ => Node("failed"),
        };

    public static Term Write(IEnumerable<Assignment> assignments) =>
        Term.List(assignments.Select(assignment => Term.List(Term.Of(assignment.Name), Write(assignment.Value))));

    public static Expression Read(Term term, Origin origin) =>
        term.Head switch
        {
            "new" => new NewExpression(
                term.Item(1).Text,
                ReadAssignments(term.Item(2), origin),
                ReadAssignments(term.Item(3), origin),
                origin
            ),
            "with" => new WithExpression(Read(term.Item(1), origin), ReadAssignments(term.Item(2), origin), origin),
            "list" => new ListExpression(term.Tail.Select(item => Read(item, origin)).ToEquatableArray(), origin),
            "spread" => new SpreadExpression(Read(term.Item(1), origin), origin),
            "cast" => new CastExpression(term.Item(1).Text, Read(term.Item(2), origin), origin),
            "widen" => new WideningExpression(Read(term.Item(2), origin), term.Item(1).Truth, origin),
            "slot" => new SlotExpression(term.Item(1).Text, term.Item(2).Text, origin),
            "base" => new BaseSlotExpression(term.Item(1).Text, origin),
            "member" => new MemberExpression(Read(term.Item(2), origin), term.Item(1).Text, origin),
            "parameter" => new ParameterExpression(term.Item(1).Text, origin),
            "failed" => new FailedExpression(origin),
            _ => new ConstantExpression(ReadConstant(term, origin)),
        };

    public static EquatableArray<Assignment> ReadAssignments(Term term, Origin origin) =>
        term.Items.Select(item => new Assignment(item.Item(0).Text, Read(item.Item(1), origin))).ToEquatableArray();

    private static Term WriteConstant(Value value) =>
        value switch
        {
            IntegerValue integer => Node("int", Term.Of(integer.Number.ToString(CultureInfo.InvariantCulture))),
            RealValue real => Node("real", real.Number.ToTerm()),
            BooleanValue boolean => Node("bool", boolean.Truth.ToTerm()),
            TextValue text => Node("text", Term.Of(text.Text)),
            EnumValue choice => Node("enum", Term.Of(choice.TypeName), Term.Of(choice.Member)),
            _ => Node("null"),
        };

    private static Value ReadConstant(Term term, Origin origin) =>
        term.Head switch
        {
            "int" => new IntegerValue(long.Parse(term.Item(1).Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), origin),
            "real" => new RealValue(term.Item(1).Real, origin),
            "bool" => new BooleanValue(term.Item(1).Truth, origin),
            "text" => new TextValue(term.Item(1).Text, origin),
            "enum" => new EnumValue(term.Item(1).Text, term.Item(2).Text, origin),
            "null" => new NullValue(origin),
            var head => throw new FormatException($"'{head}' is no expression"),
        };

    private static Term Node(string head, params Term[] items) => Term.List(items.Prepend(Term.Of(head)));
}
