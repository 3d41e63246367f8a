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
            valid &= Check(info, assignment.Key, assignment.Value);
        return valid;
    }

    /// <summary>Whether a property may hold a value; if not, the reason is reported where the value was written.</summary>
    public bool Check(ComponentInfo info, string name, Value value)
    {
        var property = info.Properties.FirstOrDefault(candidate => candidate.Name == name);
        if (property is null || value is NullValue)
            return true;
        return CheckRange(info, property, value) & CheckChoice(info, property, value) & CheckLength(info, property, value);
    }

    // The range of a list holds for each of its items.
    private bool CheckRange(ComponentInfo info, PropertyInfo property, Value value)
    {
        if (value is ListValue list)
            return list.Items.Aggregate(true, (valid, item) => valid & CheckRange(info, property, item));
        double? number = value switch
        {
            IntegerValue integer => integer.Number,
            RealValue real => real.Number,
            _ => null,
        };
        if (property.Range is not { } range || number is not { } actual || range.Contains(actual))
            return true;
        Report(Problems.ValueOutOfRange(value.Origin, $"{info.Name}.{property.Name}", value.Display, range.Words));
        return false;
    }

    private bool CheckChoice(ComponentInfo info, PropertyInfo property, Value value)
    {
        if (property.AllowedValues.Count == 0 || property.AllowedValues.Contains(value.Display))
            return true;
        Report(Problems.ValueNotAllowed(value.Origin, $"{info.Name}.{property.Name}", value.Display, string.Join(", ", property.AllowedValues)));
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
            return true;
        Report(Problems.ListLengthWrong(value.Origin, $"{info.Name}.{property.Name}", actual, length.Words));
        return false;
    }
}
