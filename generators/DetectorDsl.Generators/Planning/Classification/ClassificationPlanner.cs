using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Classification;

/// <summary>The loss over the classes: its name and object, what it holds, the logits that it needs and what they mean, the names of its terms.</summary>
internal sealed record ClassificationPlan(
    string Name,
    ObjectCode Code,
    EquatableArray<StateTensor>? State,
    int Classes,
    int FurtherLogits,
    string LogitMeaning,
    EquatableArray<string> Terms,
    LossNeedsInfo? Needs
)
{
    /// <summary>Logits of the classes and what stands behind them: background, or objectness.</summary>
    public int LogitCount => Classes + FurtherLogits;

    /// <summary>The loss as a head registers it, whose property <c>ClassificationLoss</c> holds it.</summary>
    public LayerField Field => LayerField.Property("loss_cls", "ClassificationLoss", new LossLayer(Code, Name, State));

    /// <summary>Arguments of the loss: those of every loss, and what this one needs beside.</summary>
    /// <param name="given">Those of every loss.</param>
    /// <param name="regions">The variable that holds the sampled regions.</param>
    public string Arguments(string given, string regions = "regions") =>
        $"{given}{(Needs is { StepSeed: true } ? ", stepSeed" : "")}{(Needs is { Objects: true } ? $", {regions}.Objects" : "")}";

    /// <summary>Those of the losses that have to be told how often classes occur: all, or none.</summary>
    public EquatableArray<string> Informed(params IEnumerable<string> losses) =>
        Needs is { ClassFrequencies: true } ? losses.ToEquatableArray() : [];
}

/// <summary>Plans the classification loss of a head.</summary>
internal static class ClassificationPlanner
{
    /// <summary>Plans it; null, and a problem, where it does not fit the head.</summary>
    /// <param name="head">The head that holds the loss.</param>
    /// <param name="isDense">Whether the head is evaluated at every location, or on sampled regions.</param>
    /// <param name="context">The declaration.</param>
    public static ClassificationPlan? Plan(ComponentValue head, bool isDense, PlanContext context)
    {
        var loss = head.Component("ClassificationLoss");
        if (loss.Info.Logits is not { } logits || loss.Info.LossTerms.Count == 0)
        {
            context.Report(
                Problems.LossDoesNotFitHead(
                    loss.Origin,
                    loss.Name,
                    head.Name,
                    "[Logits] and [LossTerms] have to state how many logits it needs and which terms it yields"
                )
            );
            return null;
        }

        if (isDense && (!logits.Dense || loss.Info.LossNeeds is { Objects: true }))
        {
            context.Report(
                Problems.LossDoesNotFitHead(
                    loss.Origin,
                    loss.Name,
                    head.Name,
                    "it presupposes sampled regions, and this head is evaluated at every location"
                )
            );
            return null;
        }

        var surroundings = new Surroundings()
            .With("classes", context.Classes)
            .With(
                "classCounts",
                ValueCode.Numbers(context.Spec.Categories?.Categories.Select(static category => category.InstanceCount) ?? [])
            );
        return context.MakeShown(loss, surroundings) is { } code
            ? new ClassificationPlan(
                loss.Name,
                code,
                context.State(loss),
                context.Classes,
                logits.Extra,
                Meaning(context.Classes, logits.Extra),
                loss.Info.LossTerms,
                loss.Info.LossNeeds
            )
            : null;
    }

    private static string Meaning(int classes, int extra) =>
        extra switch
        {
            0 => $"{classes} classes, each for itself",
            1 => $"{classes} classes, background",
            2 => $"{classes} classes, object, no object",
            _ => $"{classes} classes and {extra} more",
        };
}
