using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
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

        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        if (TowerPlan.Normalized(component, inputs, biased: false, cells, context) is not { } towers)
        {
            return null;
        }

        var layers = Layers(component.Component("Anchors"), anchors.PerCell, towers, classification, component);
        var file = new RetinaHeadFile(
            context.Names,
            anchors.PerCell,
            anchors.Code.Initializer,
            layers.Code,
            classification.Code,
            coder,
            classification.LogitCount,
            classification.LogitMeaning,
            context.Classes,
            ValueCode.Of(component["CandidatesPerLevel"]),
            context.Value("Detections", "MinSize")
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
                    TrainingTargets + "AnchorTargets",
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
        return new DenseHeadPlan(
            PartPlan.Of(ObjectCode.New($"{context.Names.Name}DenseHead"), file, layers),
            forward,
            terms,
            classification.Informed("Model.DenseHead.ClassificationLoss")
        );
    }

    // torchvision, models/detection/retinanet.py; detectron2, modeling/meta_arch/retinanet.py. Neither has a column for the background.
    private static ModuleLayers Layers(
        ComponentValue anchors,
        int perCell,
        TowerPlan towers,
        ClassificationPlan classification,
        ComponentValue head
    )
    {
        var rows = AnchorRows.OfDetectron2(anchors.List("Scales").Count, anchors.List("Ratios").Count);
        return new(
            "bbox_head",
            [
                .. towers.Fields((tower, layer) => NamesOf(tower, layer, towers.Norm is not null)),
                LayerField.Of(
                    "retina_cls",
                    towers.Classifier(perCell * classification.LogitCount, head) with
                    {
                        Elsewhere =
                            classification.FurtherLogits > 0
                                ? OtherNames.None
                                : new("head.classification_head.cls_logits", "head.cls_score")
                                {
                                    TorchvisionRows = ClassRows.OfTorchvisionDense(perCell),
                                    Detectron2Rows = rows,
                                },
                    }
                ),
                LayerField.Of(
                    "retina_reg",
                    towers.Predictor(4 * perCell) with
                    {
                        Elsewhere = new("head.regression_head.bbox_reg", "head.bbox_pred") { Detectron2Rows = rows },
                    }
                ),
                classification.Field,
            ]
        );
    }

    private static (OtherNames Convolution, OtherNames Norm) NamesOf(Tower tower, int layer, bool isNormalized)
    {
        var first = (isNormalized ? 3 : 2) * layer;
        return (
            new($"{tower.Torchvision}.{layer}.0", $"{tower.Detectron2}.{first}")
            {
                EarlierTorchvision = isNormalized ? null : $"{tower.Torchvision}.{first}",
            },
            new($"{tower.Torchvision}.{layer}.1", $"{tower.Detectron2}.{first + 1}")
        );
    }
}
