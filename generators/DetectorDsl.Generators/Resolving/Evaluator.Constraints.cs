using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Resolving;

/// <content>Ranges, choices and lengths, checked where a value is set.</content>
internal sealed partial class Evaluator
{
    private bool CheckAll(ComponentInfo info, Dictionary<string, Value> values)
    {
        var valid = true;
        foreach (var assignment in values)
        {
            valid &= Check(info, assignment.Key, assignment.Value);
        }
        return valid;
    }

    /// <summary>Whether a property may hold a value; if not, the reason is reported where the value was written.</summary>
    public bool Check(ComponentInfo info, string name, Value value)
    {
        var property = info.Properties.FirstOrDefault(candidate => candidate.Name == name);
        if (property is null || value is NullValue)
        {
            return true;
        }
        return CheckRange(info, property, value)
            & CheckChoice(info, property, value)
            & CheckLength(info, property, value)
            & CheckOrder(info, property, value);
    }

    // The range of a list holds for each of its items.
    private bool CheckRange(ComponentInfo info, PropertyInfo property, Value value)
    {
        if (value is ListValue list)
        {
            return list.Items.Aggregate(true, (valid, item) => valid & CheckRange(info, property, item));
        }
        double? number = value is IntegerValue or RealValue ? NumberOf(value) : null;
        if (number is not { } actual || (property.Range?.Contains(actual) ?? !(double.IsNaN(actual) || double.IsInfinity(actual))))
        {
            return true;
        }
        Report(
            Problems.ValueOutOfRange(
                value.Origin,
                $"{info.Name}.{property.Name}",
                value.Display,
                property.Range?.Words ?? "a finite number"
            )
        );
        return false;
    }

    private bool CheckChoice(ComponentInfo info, PropertyInfo property, Value value)
    {
        if (property.AllowedValues.Count == 0 || property.AllowedValues.Contains(value.Display))
        {
            return true;
        }
        Report(
            Problems.ValueNotAllowed(value.Origin, $"{info.Name}.{property.Name}", value.Display, string.Join(", ", property.AllowedValues))
        );
        return false;
    }

    private bool CheckLength(ComponentInfo info, PropertyInfo property, Value value)
    {
        int? count = value switch
        {
            ListValue list => list.Items.Count,
            TextValue text => text.Text.Length,
            _ => null,
        };
        if (property.Length is not { } length || count is not { } actual || (actual >= length.Minimum && actual <= length.Maximum))
        {
            return true;
        }
        Report(
            value is TextValue
                ? Problems.ValueOutOfRange(value.Origin, $"{info.Name}.{property.Name}", value.Display, $"of {length.Words} characters")
                : Problems.ListLengthWrong(value.Origin, $"{info.Name}.{property.Name}", actual, length.Words)
        );
        return false;
    }

    private bool CheckOrder(ComponentInfo info, PropertyInfo property, Value value)
    {
        if (!property.IsAscending || value is not ListValue list)
        {
            return true;
        }
        for (var i = 1; i < list.Items.Count; i++)
        {
            // Not so of a number that is none, either, which has been said.
            if (NumberOf(list.Items[i]) <= NumberOf(list.Items[i - 1]))
            {
                Report(
                    Problems.ValueOutOfRange(
                        list.Items[i].Origin,
                        $"{info.Name}.{property.Name}",
                        list.Items[i].Display,
                        $"above the one before it, {list.Items[i - 1].Display}"
                    )
                );
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether no number is above the one that bounds it; if one is, the one that the declaration wrote is shown.</summary>
    private bool CheckPairs(ComponentInfo info, IReadOnlyList<PropertyValue> values, Dictionary<string, Value> initializers, Origin origin)
    {
        var valid = true;
        foreach (var property in info.Properties.Where(static property => property.AtMost.Length > 0))
        {
            var lower = values.First(candidate => candidate.Name == property.Name);
            if (
                values.FirstOrDefault(candidate => candidate.Name == property.AtMost) is not { } upper
                || !(NumberOf(lower.Value) > NumberOf(upper.Value))
            )
            {
                continue;
            }
            var isUpper = initializers.ContainsKey(upper.Name)
                ? !initializers.ContainsKey(lower.Name)
                : !IsWritten(info, lower.Value, origin) && IsWritten(info, upper.Value, origin);
            var (wrong, words) = isUpper
                ? (upper, $"at least {lower.Name}, which is {lower.Value.Display}")
                : (lower, $"at most {upper.Name}, which is {upper.Value.Display}");
            Report(
                Problems.ValueOutOfRange(
                    IsWritten(info, wrong.Value, origin) ? wrong.Value.Origin : origin,
                    $"{info.Name}.{wrong.Name}",
                    wrong.Value.Display,
                    words
                )
            );
            valid = false;
        }

        return valid;
    }

    /// <summary>Whether a declaration states a value: no initialiser of the component does, nor a parameter's default, which stands at the construction itself.</summary>
    private static bool IsWritten(ComponentInfo info, Value value, Origin construction) =>
        !info.Is(value.Origin.TypeName) && value.Origin != construction;

    private static double NumberOf(Value value) =>
        value switch
        {
            IntegerValue integer => integer.Number,
            RealValue real => real.Number,
            _ => double.NaN,
        };
}
