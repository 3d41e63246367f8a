using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving;

/// <summary>The properties of a component together with those of its base.</summary>
internal static class MergedProperties
{
    /// <summary>The base's first; one that a derived record states anew keeps its place and inherits what is not said again.</summary>
    public static EquatableArray<PropertyInfo> Of(ComponentInfo? ancestor, ComponentDefinition definition)
    {
        var properties = new List<PropertyInfo>(ancestor?.Properties ?? []);
        foreach (var member in definition.Members)
        {
            var inherited = properties.FindIndex(property => property.Name == member.Name);
            if (inherited < 0)
            {
                properties.Add(member.Property);
            }
            else
            {
                properties[inherited] = Merge(properties[inherited], member.Property);
            }
        }

        return properties.ToEquatableArray();
    }

    private static PropertyInfo Merge(PropertyInfo inherited, PropertyInfo own) =>
        own with
        {
            Summary = own.Summary.Length > 0 ? own.Summary : inherited.Summary,
            IsTrainerOption = own.IsTrainerOption || inherited.IsTrainerOption,
            MayChange = own.IsTrainerOption ? own.MayChange : inherited.MayChange,
            Range = own.Range ?? inherited.Range,
            AllowedValues = own.AllowedValues.Count > 0 ? own.AllowedValues : inherited.AllowedValues,
            Length = own.Length ?? inherited.Length,
            IsAscending = own.IsAscending || inherited.IsAscending,
            AtMost = own.AtMost.Length > 0 ? own.AtMost : inherited.AtMost,
        };
}
