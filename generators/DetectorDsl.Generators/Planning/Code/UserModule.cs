using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Constructs a class of the user's own: parameters take the component's properties by name, else what the surroundings offer, else what the whole declaration offers.</summary>
internal static class UserModule
{
    public static ObjectCode? Make(ComponentValue component, ModuleInfo module, Surroundings surroundings, PlanContext context)
    {
        var arguments = new ModuleArguments(component, surroundings, context.Options);
        var texts = new List<string>();
        foreach (var parameter in module.Parameters)
        {
            var text =
                component.Properties.FirstOrDefault(property => Matches(property.Name, parameter.Name)) is { } property
                    ? Text(property, arguments, context)
                : surroundings.TryGet(parameter.Name, out var offered) || context.Offers.TryGet(parameter.Name, out offered)
                    ? Taken(offered, parameter)
                : null;
            if (text is not null)
            {
                texts.Add($"{CSharpLiteral.Identifier(parameter.Name)}: {text}");
            }
            else if (!parameter.HasDefault)
            {
                context.Report(
                    Problems.ModuleParameterUnknown(
                        component.Origin,
                        module.GlobalName,
                        parameter.Name,
                        component.Name,
                        string.Join(", ", surroundings.Names.Concat(context.Offers.Names).Distinct(StringComparer.Ordinal))
                    )
                );
                return null;
            }
        }

        return ObjectCode.New(module.GlobalName, texts);
    }

    private static string Text(PropertyValue property, ModuleArguments arguments, PlanContext context) =>
        property.Value switch
        {
            ComponentValue inner => context.Make(inner, Surroundings.None)?.Construction ?? "null",
            ListValue => AsList(arguments.Value(property.Name)),
            _ => arguments.Value(property.Name),
        };

    /// <summary>An offer as a parameter takes it: one number of a list that holds nothing else, where it asks for one.</summary>
    private static string? Taken(string offered, ModuleParameter parameter)
    {
        if (Offer.Find(parameter.Name) is not { Type.Items.IsEmpty: false })
        {
            return offered;
        }

        if (parameter.Type is not ("int" or "long"))
        {
            return AsList(offered);
        }

        var numbers = offered.Trim('[', ']').Split([", "], StringSplitOptions.None).Distinct(StringComparer.Ordinal).ToList();
        return numbers.Count == 1 ? numbers[0] : null;
    }

    /// <summary>A collection expression, since the constructor may ask for any kind of list.</summary>
    private static string AsList(string text) => text.StartsWith("[", StringComparison.Ordinal) ? text : $"[.. {text}]";

    private static bool Matches(string property, string parameter) => ModuleArguments.ModuleParameterName(property) == parameter;
}
