using System.Text;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>Collects the properties that the trainer offers as options. The module graph itself is fixed by the declaration.</summary>
internal static class OptionsPlanner
{
    private static readonly string[] TrainingSlots = ["Training", "Optimizer", "Schedule", "TrainSampler"];
    private static readonly string[] Slots = [.. TrainingSlots, "Preprocessing", "Detections", "TestTimeAugmentation"];

    /// <summary>Plans them; problems where two would bear one name.</summary>
    public static (IReadOnlyList<OptionPlan> Options, TrainerOptionNames Names, List<Problem> Problems) Plan(DetectorSpec spec)
    {
        var candidates = Slots
            .Where(spec.Has)
            .Select(slot => (Slot: slot, Component: spec[slot] as ComponentValue))
            .Concat(
                spec.Has("Detections")
                    ? [(Slot: "Detections", Component: spec.Component("Detections")["Calibration"] as ComponentValue)]
                    : []
            )
            .Where(static item => item.Component is not null)
            .SelectMany(static item =>
                item.Component!.Info.Properties.Where(property => property.IsTrainerOption && !item.Component.IsNull(property.Name))
                    .Select(property => (item.Slot, item.Component, Property: property))
            )
            .ToList();
        var options = new List<OptionPlan>();
        var names = new TrainerOptionNames();
        var problems = new List<Problem>();
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (slot, component, property) in candidates)
        {
            // Two components may use the same word; then the slot tells them apart.
            var shared =
                candidates.Count(other => string.Equals(other.Property.Name, property.Name, StringComparison.OrdinalIgnoreCase)) > 1;
            var name = shared ? slot + property.Name : property.Name;
            if (Option(name, component[property.Name], property, TrainingSlots.Contains(slot)) is not { } option)
            {
                continue;
            }

            var what = $"the option {component.Name}.{property.Name}";
            if (
                (
                    ReservedOptions.Owner(name, option.CommandLineName, spec.Name)
                    ?? (owners.TryGetValue(name, out var owner) ? owner : null)
                ) is
                { } first
            )
            {
                problems.Add(Problems.DuplicateName(Origin.OfMember(component.TypeName, property.Name), name, first, what));
                continue;
            }

            owners.Add(name, what);
            options.Add(option);
            names.Add(component, property.Name, name);
        }

        return (options, names, problems);
    }

    private static OptionPlan? Option(string name, Value value, PropertyInfo property, bool isForTraining) =>
        OptionType.Of(property.Type) is { } type
            ? new OptionPlan(
                name,
                type,
                ValueCode.Of(value, property.Type),
                property.Summary,
                "--" + Kebab(name),
                property.Range is { } range ? type.Bounds(range) : ""
            )
            {
                IsForTraining = isForTraining,
                IsLasting = isForTraining && !property.MayChange,
            }
            : null;

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
