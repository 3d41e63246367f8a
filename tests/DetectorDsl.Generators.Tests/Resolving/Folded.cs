using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Tests.Helpers;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>What a run of the generator folded.</summary>
internal static class Folded
{
    /// <summary>The specification of a declaration.</summary>
    public static DetectorSpec Spec(this GeneratorRun run, string fullName = "D") => run.Specs().Single(spec => spec.FullName == fullName);

    /// <summary>All of them, as they leave the front half (the stage behind it is not tracked where nothing is planned).</summary>
    public static IEnumerable<DetectorSpec> Specs(this GeneratorRun run) =>
        run
            .Result.TrackedSteps[TrackingNames.Resolve]
            .SelectMany(step => step.Outputs)
            .Select(output => ((Resolution)output.Value).Spec)
            .OfType<DetectorSpec>();

    /// <summary>Folds one slot of a declaration D: MaskRcnn with a ResNet-50, to the text by which values are displayed in full.</summary>
    public static string Slot(string slot, string members, string around = "") => Print(Run(members, around).Spec()[slot]);

    /// <summary>Runs on a declaration D: MaskRcnn with a ResNet-50 and the given members.</summary>
    public static GeneratorRun Run(string members, string around = "") => GeneratorTest.Of(Declaration(members, around)).Run();

    public static string Declaration(string members, string around = "") =>
        $$"""
            using System;
            using System.ComponentModel.DataAnnotations;
            using DetectorDsl;
            {{around}}
            [Detector]
            public partial record D : MaskRcnn
            {
                {{(
                members.Contains("Backbone Backbone", StringComparison.Ordinal)
                    ? ""
                    : "public override Backbone Backbone => new ResNet(50);"
            )}}
                {{members}}
            }
            """;

    /// <summary>A value with everything in it, without origins.</summary>
    public static string Print(Value value) =>
        value switch
        {
            ComponentValue component =>
                $"{component.Name}({string.Join(", ", component.Properties.Select(property => $"{property.Name}: {Print(property.Value)}"))})",
            ListValue list => $"[{string.Join(", ", list.Items.Select(Print))}]",
            RealValue real => real.Display.Contains('.', StringComparison.Ordinal) || real.Display.Contains('E', StringComparison.Ordinal)
                ? real.Display
                : real.Display + ".0",
            _ => value.Display,
        };
}
