using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>RetinaNet's head (Lin et al. 2017, section 4).</summary>
internal sealed class RetinaHeadPlanner : DenseHeadPlanner
{
    private const string OverlapLoss = "OverlapLoss";

    protected override string Component => "DetectorDsl.RetinaHead";

    protected override DenseHeadPlan? Plan(
        ComponentValue component,
        IReadOnlyList<Level> pyramid,
        int inputs,
        ClassificationPlan classification,
        PlanContext context
    )
    {
        var assigner = context.Make(component.Component("Assigner"), Surroundings.None);
        var ofBoxes = component.Component(component.IsNull(OverlapLoss) ? "BoxLoss" : OverlapLoss);
        var boxLoss = context.Make(ofBoxes, new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (
            AnchorPlanner.Plan(component, pyramid, context) is not { } anchors
            || assigner is null
            || boxLoss is null
            || coder is null
            || !BoxForms.IsOfFourNumbers(component, context)
        )
        {
            return null;
        }

        var (isReweighted, hasRegression) = (
            !component.IsNull(PrimeSampleParts.Reweighting),
            !component.IsNull(PrimeSampleParts.Regression)
        );
        if (
            (
                isReweighted
                && (
                    !PrimeSampleParts.CanRank(component.Component("ClassificationLoss"), component, context)
                    || !PrimeSampleParts.HasOverlaps(component.Component("BoxCoder"), component, component, context)
                )
            ) || PrimeSampleParts.Fields(component, context) is not { } primeSamples
        )
        {
            return null;
        }

        if (hasRegression && !component.IsNull(OverlapLoss))
        {
            context.Report(
                Problems.PrimeSamplesDoNotFit(
                    ofBoxes.Origin,
                    ofBoxes.Name,
                    component.Name,
                    "its second box loss is one of offsets. Leave OverlapLoss or Regression out"
                )
            );
            return null;
        }

        if (TowerPlan.Normalized(component, inputs, biased: false, context) is not { } towers)
        {
            return null;
        }

        var (logits, offsets) = (anchors.PerCell * classification.LogitCount, anchors.PerCell * 4);
        var file = new RetinaHeadFile(
            context.Names,
            anchors.PerCell,
            anchors.Code.Initializer,
            towers.Blocks,
            towers.Classifier(logits, component),
            towers.Predictor(offsets),
            classification.Code,
            coder,
            classification.LogitCount,
            classification.LogitMeaning,
            context.Classes,
            ValueCode.Of(component["CandidatesPerLevel"]),
            context.Value("Detections", "MinSize")
        );
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var rows = towers
            .Rows(inputs, cells)
            .Append(
                new DescriptionRow(
                    "bbox_head.retina_cls",
                    "3x3 convolution",
                    $"N x {logits} per level",
                    Cost.Convolution(towers.Channels, logits, 3, true, cells)
                )
            )
            .Append(
                new DescriptionRow(
                    "bbox_head.retina_reg",
                    "3x3 convolution",
                    $"N x {offsets} per level",
                    Cost.Convolution(towers.Channels, offsets, 3, true, cells)
                )
            );
        var terms = LossTerm
            .OfClasses(classification.Terms, "anchors")
            .Append(new LossTerm("loss_bbox", "Offsets of the positive anchors."))
            .Concat(hasRegression ? [PrimeSampleParts.Term("anchors")] : Array.Empty<LossTerm>())
            .ToEquatableArray();
        FieldPlan[] fields =
        [
            new(
                "anchorTargets",
                ObjectCode.New(
                    Heads + "AnchorTargets",
                    assigner.Construction,
                    coder.Construction,
                    $"classes: {CSharpLiteral.Of(context.Classes)}",
                    ValueCode.Named("normalizePerImage", component["NormalizePerImage"]),
                    ValueCode.Named("inPadding", component.Component("Anchors")["InPadding"])
                ),
                "Classes of all anchors, and offsets of the positive ones."
            ),
            .. primeSamples,
            new("boxLoss", boxLoss, "Loss of the positive anchors' offsets."),
        ];
        var forward = new RetinaForwardFile(
            context.Names,
            fields.ToEquatableArray(),
            classification.Terms,
            classification.Arguments(
                $"logits.flatten(0, 1), targets.Labels, {(isReweighted ? "weights" : "targets.Weights")}, targets.Divisor"
            ),
            terms,
            classification.LogitCount
        )
        {
            IsReweighted = isReweighted,
            HasRegression = hasRegression,
            IsOfOverlaps = !component.IsNull(OverlapLoss),
        };
        var names = Names(component.Component("Anchors"), anchors.PerCell, towers, classification.LogitCount - context.Classes)
            .ToEquatableArray();
        return new DenseHeadPlan(
            new PartPlan(ObjectCode.New($"{context.Names.Name}DenseHead"), file, rows.ToEquatableArray())
            {
                Names = names,
                Losses = [classification.Row("bbox_head.loss_cls")],
            },
            forward,
            terms,
            classification.Informed("Model.DenseHead.ClassificationLoss")
        );
    }

    // torchvision, models/detection/retinanet.py; detectron2, modeling/meta_arch/retinanet.py. Neither has a column for the background.
    private static IEnumerable<LayerName> Names(ComponentValue anchors, int perCell, TowerPlan towers, int extraLogits)
    {
        foreach (
            var (own, torchvision, detectron2) in new[]
            {
                ("cls_convs", "classification_head", "cls_subnet"),
                ("reg_convs", "regression_head", "bbox_subnet"),
            }
        )
        {
            for (var layer = 0; layer < towers.Blocks.Count; layer++)
            {
                var (block, theirs, first) = (
                    $"bbox_head.{own}.{layer}",
                    $"head.{torchvision}.conv.{layer}",
                    (towers.IsNormalized ? 3 : 2) * layer
                );
                yield return new LayerName($"{block}.conv", $"{theirs}.0", $"head.{detectron2}.{first}")
                {
                    EarlierTorchvision = towers.IsNormalized ? null : $"head.{torchvision}.conv.{first}",
                };
                if (towers.IsNormalized)
                {
                    yield return new LayerName($"{block}.gn", $"{theirs}.1", $"head.{detectron2}.{first + 1}");
                }
            }
        }

        var rows = AnchorRows.OfDetectron2(anchors.List("Scales").Count, anchors.List("Ratios").Count);
        yield return extraLogits > 0
            ? new LayerName("bbox_head.retina_cls", null, null) { IsPerClass = true }
            : new LayerName("bbox_head.retina_cls", "head.classification_head.cls_logits", "head.cls_score")
            {
                TorchvisionRows = ClassRows.OfTorchvisionDense(perCell),
                Detectron2Rows = rows,
                IsPerClass = true,
            };
        yield return new LayerName("bbox_head.retina_reg", "head.regression_head.bbox_reg", "head.bbox_pred") { Detectron2Rows = rows };
    }
}
