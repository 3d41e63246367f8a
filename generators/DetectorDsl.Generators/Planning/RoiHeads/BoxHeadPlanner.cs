using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Box heads of shared fully connected layers (Faster R-CNN on FPN).</summary>
internal static class BoxHeadPlanner
{
    public static BoxHeadPlan? Plan(RoiFeatures features, int regions, PlanContext context)
    {
        var component = context.Spec.Component("BoxHead");
        if (!component.Info.Is("DetectorDsl.FullyConnectedBoxHead"))
        {
            context.Report(Problems.ComponentNotUsable(component.Origin, component.Name, "box heads of one's own are not supported; derive from FullyConnectedBoxHead"));
            return null;
        }

        var loss = component.Component("ClassificationLoss");
        if (loss.Info.Logits is not { } logits || loss.Info.LossTerms.Count == 0)
        {
            context.Report(Problems.LossDoesNotFitHead(loss.Origin, loss.Name, component.Name, "[Logits] and [LossTerms] have to state how many logits it needs and which terms it yields"));
            return null;
        }

        var (inputs, width) = (features.Channels * features.Size * features.Size, component.Integer("Width"));
        var layers = Enumerable.Range(0, component.Integer("Layers")).Select(index => new FullyConnectedLayer(index, index == 0 ? inputs : width, width)).ToArray();
        var agnostic = !component.IsNull("ClassAgnostic") && component.Truth("ClassAgnostic");
        var (logitCount, offsetCount) = (context.Classes + logits.Extra, agnostic ? 4 : 4 * context.Classes);
        var classifier = context.Make(component.Component("Classifier"), new Surroundings().With("inFeatures", width).With("outFeatures", logitCount).With("classes", context.Classes));
        var lossCode = context.MakeShown(loss, LossSurroundings(context));
        var boxLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (classifier is null || lossCode is null || boxLoss is null || coder is null)
        {
            return null;
        }

        var file = new BoxHeadFile(
            context.Names,
            layers.ToEquatableArray(),
            features.Shape,
            width,
            classifier,
            lossCode,
            coder,
            CSharpLiteral.Of(logitCount),
            Meaning(context.Classes, logits.Extra),
            offsetCount,
            agnostic ? "one box per region" : $"one box for each of {context.Classes} classes");
        var rows = layers
            .Select(layer => new DescriptionRow($"roi_head.bbox_head.shared_fcs.{layer.Index}", "fully connected", $"R x {width}", Cost.Linear(layer.Inputs, width).Repeated(regions)))
            .Append(new DescriptionRow("roi_head.bbox_head.fc_cls", component.Component("Classifier").Name, $"R x {logitCount}", ClassifierCost(component, width, logitCount).Repeated(regions)))
            .Append(new DescriptionRow("roi_head.bbox_head.fc_reg", "fully connected", $"R x {offsetCount}", Cost.Linear(width, offsetCount).Repeated(regions)));
        return new BoxHeadPlan(new PartPlan(ObjectCode.New($"{context.Names.Name}BoxHead"), file, rows.ToEquatableArray()), features, loss.Info.LossTerms, loss.Info.LossNeeds, boxLoss, coder, $"R x {logitCount}, R x {offsetCount}");
    }

    private static Surroundings LossSurroundings(PlanContext context) => new Surroundings()
        .With("classes", context.Classes)
        .With("classCounts", "int[]", ValueCode.Numbers(context.Spec.Categories?.Categories.Select(static category => category.InstanceCount) ?? []));

    private static Cost ClassifierCost(ComponentValue head, int inputs, int outputs) =>
        head.Component("Classifier").Info.Module is null ? Cost.Linear(inputs, outputs) : Cost.Unknown;

    private static string Meaning(int classes, int extra) => extra switch
    {
        0 => $"{classes} classes, each for itself",
        1 => $"{classes} classes, background",
        2 => $"{classes} classes, object, no object",
        _ => $"{classes} classes and {extra} more",
    };
}
