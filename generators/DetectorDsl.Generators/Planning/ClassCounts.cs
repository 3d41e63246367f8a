using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Planning;

/// <summary>Holds every class count that a declaration states against the category file's.</summary>
internal static class ClassCounts
{
    private const int RenderedClasses = 60;

    public static bool Agree(PlanContext context)
    {
        var set = context.Spec.Categories!.TypeName;
        var before = context.Reported.Count;
        if (
            context.Spec.Has("Data")
            && context.Spec["Data"] is ComponentValue data
            && data.Info.Is("DetectorDsl.RenderedData")
            && context.Classes != RenderedClasses
        )
        {
            context.Report(Problems.ClassCountDiffers(data.Origin, data.Name, RenderedClasses, set, context.Classes));
        }

        foreach (var slot in context.Spec.Slots)
        {
            Check(slot.Value, set, context);
        }

        return context.Reported.Count == before;
    }

    // A component of the user's own may hold the number of classes under the name that modules are given it by.
    private static void Check(Value value, string set, PlanContext context)
    {
        if (value is ListValue list)
        {
            foreach (var item in list.Items)
            {
                Check(item, set, context);
            }
        }
        else if (value is ComponentValue component)
        {
            foreach (var property in component.Properties)
            {
                if (property is { Name: "Classes", Value: IntegerValue stated } && stated.Number != context.Classes)
                {
                    context.Report(Problems.ClassCountDiffers(stated.Origin, component.Name, (int)stated.Number, set, context.Classes));
                }

                Check(property.Value, set, context);
            }
        }
    }
}
