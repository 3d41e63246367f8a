using System.Text;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>Collects the properties that the trainer offers as options. The module graph itself is fixed by the declaration.</summary>
internal static class OptionsPlanner
{
    private static readonly string[] TrainingSlots = ["Training", "Optimizer", "Schedule", "TrainSampler"];
    private static readonly string[] Slots = [.. TrainingSlots, "Preprocessing", "Detections", "TestTimeAugmentation"];

    public static (IReadOnlyList<OptionPlan> Options, TrainerOptionNames Names) Plan(DetectorSpec spec)
    {
        var candidates = Slots.Where(spec.Has)
            .Select(slot => (Slot: slot, Component: spec[slot] as ComponentValue))
            .Concat(spec.Has("Detections") ? [(Slot: "Detections", Component: spec.Component("Detections")["Calibration"] as ComponentValue)] : [])
            .Where(static item => item.Component is not null)
            .SelectMany(static item => item.Component!.Info.Properties
                .Where(property => property.IsTrainerOption && !item.Component.IsNull(property.Name))
                .Select(property => (item.Slot, item.Component, Property: property)))
            .ToList();
        var options = new List<OptionPlan>();
        var names = new TrainerOptionNames();
        foreach (var (slot, component, property) in candidates)
        {
            // Two components may use the same word; then the slot tells them apart.
            var shared = candidates.Count(other => string.Equals(other.Property.Name, property.Name, StringComparison.OrdinalIgnoreCase)) > 1;
            var name = shared ? slot + property.Name : property.Name;
            if (Option(name, component[property.Name], property, TrainingSlots.Contains(slot)) is { } option)
            {
                options.Add(option);
                names.Add(component, property.Name, name);
            }
        }

        return (options, names);
    }

    private static OptionPlan? Option(string name, Value value, PropertyInfo property, bool isForTraining)
    {
        var commandLineName = CSharpLiteral.Of("--" + Kebab(name));
        return value switch
        {
            IntegerValue whole => Of("int", "Integer", CSharpLiteral.Of((int)whole.Number), Bounds(property.Range, static bound => CSharpLiteral.Of((int)bound))),
            RealValue real => Of("double", "Real", CSharpLiteral.Of(real.Number), Bounds(property.Range, CSharpLiteral.Of)),
            BooleanValue boolean => Of("bool", "Truth", CSharpLiteral.Of(boolean.Truth), ""),
            TextValue text => Of("string", "Text", CSharpLiteral.Of(text.Text), ""),
            ListValue { Items.Count: > 0 } list when list.Items.All(static item => item is RealValue) => Of("ImmutableArray<double>", "Reals", ValueCode.Of(list), Bounds(property.Range, CSharpLiteral.Of)),
            _ => null,
        };

        OptionPlan Of(string type, string maker, string literal, string bounds) => new(
            name, type, literal, property.Summary, commandLineName, $"TrainerOptions.{maker}({commandLineName}, {CSharpLiteral.Of(property.Summary)}, value: {literal}{bounds})")
        {
            IsForTraining = isForTraining,
            IsLasting = isForTraining && !property.MayChange,
        };
    }

    private static string Bounds(RangeInfo? range, Func<double, string> literal) => range is null
        ? ""
        : $", min: {literal(range.Minimum)}, max: {literal(range.Maximum)}{(range.MinimumIsExclusive ? ", minExclusive: true" : "")}{(range.MaximumIsExclusive ? ", maxExclusive: true" : "")}";

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsUpper(character) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
