using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving;

/// <summary>Evaluates expressions as the running program would. A value that fails is null; the reason is among the problems, or is the compiler's.</summary>
internal sealed partial class Evaluator(ComponentCatalog components, List<Problem> problems)
{
    public void Report(Problem problem) => problems.Add(problem);

    public void Report(EquatableArray<Problem> several) => problems.AddRange(several);

    public Value? Evaluate(Expression expression, Scope scope) =>
        expression switch
        {
            ConstantExpression constant => constant.Value,
            NewExpression creation => EvaluateNew(creation, scope),
            WithExpression with => EvaluateWith(with, scope),
            ListExpression list => EvaluateList(list, scope),
            CastExpression cast => EvaluateCast(cast, scope),
            WideningExpression widening => Widen(Evaluate(widening.Source, scope), widening.IsSingle),
            SlotExpression slot => scope.Slot(slot),
            BaseSlotExpression slot => scope.BaseSlot(slot),
            MemberExpression member => EvaluateMember(member, scope),
            ParameterExpression parameter => scope.Parameter(parameter),
            _ => null,
        };

    private static Value? Widen(Value? value, bool isSingle) =>
        value is IntegerValue integer ? new RealValue(isSingle ? (float)integer.Number : integer.Number, integer.Origin) : value;

    private ListValue? EvaluateList(ListExpression list, Scope scope)
    {
        var items = new List<Value>();
        var failed = false;
        foreach (var item in list.Items)
        {
            var value = Evaluate(item is SpreadExpression spread ? spread.Source : item, scope);
            if (value is null)
            {
                failed = true;
            }
            else if (item is not SpreadExpression)
            {
                items.Add(value);
            }
            else if (value is ListValue spreadList)
            {
                items.AddRange(spreadList.Items);
            }
            else
            {
                failed |= Absent(item.Origin, "The spread list", "a list");
            }
        }

        return failed ? null : new ListValue(items.ToEquatableArray(), list.Origin);
    }

    private Value? EvaluateCast(CastExpression cast, Scope scope)
    {
        var value = Evaluate(cast.Source, scope);
        if (value is not ComponentValue component || component.Info.Is(cast.TypeName))
        {
            return value;
        }
        Report(Problems.CastFails(cast.Origin, cast.Source.Words, ShortName(cast.TypeName), component.Name));
        return null;
    }

    private Value? EvaluateMember(MemberExpression member, Scope scope)
    {
        switch (Evaluate(member.Source, scope))
        {
            case ComponentValue component
                when component.Properties.FirstOrDefault(property => property.Name == member.Property) is { } found:
                return found.Value;
            case ComponentValue component:
                Report(Problems.ValueNotConstant(member.Origin, $"{component.Name}.{member.Property}", member.Words));
                return null;
            case NullValue:
                Absent(member.Origin, member.Source.Words, $".{member.Property}");
                return null;
            default:
                return null;
        }
    }

    private bool Absent(Origin origin, string what, string user)
    {
        Report(Problems.PartMissing(origin, what, user));
        return true;
    }

    private static string ShortName(string typeName) => typeName.Substring(typeName.LastIndexOf('.') + 1);
}
