using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Constructs a class of the user's own: parameters take the component's properties by name, else what the surroundings offer.</summary>
internal static class UserModule
{
    public static ObjectCode? Make(ComponentValue component, ModuleInfo module, Surroundings surroundings, PlanContext context)
    {
        var arguments = new ModuleArguments(component, surroundings, context.Options);
        var texts = new List<string>();
        foreach (var parameter in module.Parameters)
        {
            if (component.Properties.FirstOrDefault(property => Matches(property.Name, parameter.Name)) is { } property)
            {
                texts.Add($"{CSharpLiteral.Identifier(parameter.Name)}: {Text(property, arguments, context)}");
            }
            else if (surroundings.TryGet(parameter.Name, out var offer))
            {
                texts.Add($"{CSharpLiteral.Identifier(parameter.Name)}: {offer.Expression}");
            }
            else if (!parameter.HasDefault)
            {
                var supplied = surroundings.Names.Any() ? string.Join(", ", surroundings.Names) : "nothing";
                context.Report(Problems.ModuleParameterUnknown(component.Origin, module.GlobalName, parameter.Name, component.Name, supplied));
                return null;
            }
        }

        return ObjectCode.New(module.GlobalName, texts);
    }

    private static string Text(PropertyValue property, ModuleArguments arguments, PlanContext context) =>
        property.Value is ComponentValue inner ? context.Make(inner, Surroundings.None)?.Construction ?? "null" : arguments.Value(property.Name);

    private static bool Matches(string property, string parameter) => ModuleArguments.ModuleParameterName(property) == parameter;
}
