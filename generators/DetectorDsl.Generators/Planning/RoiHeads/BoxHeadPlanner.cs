using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
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

        if (ClassificationPlanner.Plan(component, isDense: false, context) is not { } classification)
        {
            return null;
        }

        var (inputs, width) = (features.Channels * features.Size * features.Size, component.Integer("Width"));
        var layers = Enumerable.Range(0, component.Integer("Layers")).Select(index => new FullyConnectedLayer(index, index == 0 ? inputs : width, width)).ToArray();
        var agnostic = !component.IsNull("ClassAgnostic") && component.Truth("ClassAgnostic");
        var (logitCount, offsetCount) = (classification.LogitCount, agnostic ? 4 : 4 * context.Classes);
        var classifier = context.Make(component.Component("Classifier"), new Surroundings().With("inFeatures", width).With("outFeatures", logitCount).With("classes", context.Classes));
        var boxLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (classifier is null || boxLoss is null || coder is null)
        {
            return null;
        }

        var file = new BoxHeadFile(
            context.Names,
            layers.ToEquatableArray(),
            features.Shape,
            width,
            classifier,
            classification.Code,
            coder,
            CSharpLiteral.Of(logitCount),
            classification.LogitMeaning,
            offsetCount,
            agnostic ? "one box per region" : $"one box for each of {context.Classes} classes");
        var rows = layers
            .Select(layer => new DescriptionRow($"roi_head.bbox_head.shared_fcs.{layer.Index}", "fully connected", $"R x {width}", Cost.Linear(layer.Inputs, width).Repeated(regions)))
            .Append(new DescriptionRow("roi_head.bbox_head.fc_cls", component.Component("Classifier").Name, $"R x {logitCount}", ClassifierCost(component, width, logitCount).Repeated(regions)))
            .Append(new DescriptionRow("roi_head.bbox_head.fc_reg", "fully connected", $"R x {offsetCount}", Cost.Linear(width, offsetCount).Repeated(regions)));
        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}BoxHead"), file, rows.ToEquatableArray())
        {
            Names = Names(component, layers.Length, classification.LogitCount - context.Classes, agnostic).ToEquatableArray(),
            Losses = [classification.Row("roi_head.bbox_head.loss_cls")],
        };
        return new BoxHeadPlan(part, features, classification, boxLoss, coder, $"R x {logitCount}, R x {offsetCount}");
    }

    // torchvision, models/detection/faster_rcnn.py; detectron2, modeling/roi_heads/box_head.py and fast_rcnn.py.
    private static IEnumerable<LayerName> Names(ComponentValue component, int layers, int extraLogits, bool agnostic)
    {
        const string Own = "roi_head.bbox_head.";
        for (var layer = 0; layer < layers; layer++)
        {
            yield return new LayerName($"{Own}shared_fcs.{layer}", layer < 2 ? $"roi_heads.box_head.fc{6 + layer}" : null, $"roi_heads.box_head.fc{1 + layer}");
        }

        // Neither has a classifier by direction, nor one with an objectness of its own: its rows would mean something else.
        if (component.Component("Classifier").Info.Is("DetectorDsl.Linear") && extraLogits < 2)
        {
            yield return new LayerName($"{Own}fc_cls", "roi_heads.box_predictor.cls_score", "roi_heads.box_predictor.cls_score")
            {
                TorchvisionRows = ClassRows.OfTorchvision(perClass: 1, keepsBackground: extraLogits == 1),
                Detectron2Rows = ClassRows.OfDetectron2Logits(keepsBackground: extraLogits == 1),
                IsPerClass = true,
            };
        }
        else
        {
            yield return new LayerName($"{Own}fc_cls", null, null) { IsPerClass = true };
        }

        yield return new LayerName($"{Own}fc_reg", agnostic ? null : "roi_heads.box_predictor.bbox_pred", "roi_heads.box_predictor.bbox_pred")
        {
            TorchvisionRows = agnostic ? null : ClassRows.OfTorchvision(perClass: 4, keepsBackground: false),
            IsPerClass = !agnostic,
        };
    }

    private static Cost ClassifierCost(ComponentValue head, int inputs, int outputs) =>
        head.Component("Classifier").Info.Module is null ? Cost.Linear(inputs, outputs) : Cost.Unknown;
}
