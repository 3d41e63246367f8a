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

/// <summary>RetinaNet's head with guided anchors (Wang et al. 2019).</summary>
internal sealed class GuidedAnchorRetinaHeadPlanner : DenseHeadPlanner
{
    protected override string Component => "DetectorDsl.GuidedAnchorRetinaHead";

    protected override DenseHeadPlan? Plan(
        ComponentValue component,
        IReadOnlyList<Level> pyramid,
        int inputs,
        ClassificationPlan classification,
        PlanContext context
    )
    {
        var towers = TowerPlan.Of(component, inputs);
        var assigner = context.Make(component.Component("Assigner"), Surroundings.None);
        var boxLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (
            GuidedAnchoringPlan.Of(component, pyramid, towers.Channels, context) is not { } anchoring
            || !BoxForms.IsOfFourNumbers(component, context)
            || assigner is null
            || boxLoss is null
            || coder is null
        )
        {
            return null;
        }

        var file = new GuidedRetinaHeadFile(
            context.Names,
            towers.Blocks,
            towers.Channels,
            anchoring.OffsetGroups,
            anchoring.Code.Initializer,
            anchoring.Threshold,
            towers.Classifier(classification.LogitCount, component),
            towers.Predictor(4),
            classification.Code,
            coder,
            classification.LogitCount,
            classification.LogitMeaning,
            context.Classes,
            ValueCode.Of(component["CandidatesPerLevel"]),
            context.Value("Detections", "MinSize")
        );
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        DescriptionRow[] rows =
        [
            .. towers.Rows(inputs, cells),
            .. GuidedAnchoringPlan.PredictorRows("bbox_head", towers.Channels, cells),
            .. anchoring.AdaptionRows("bbox_head.feature_adaption_cls", towers.Channels, towers.Channels, cells),
            .. anchoring.AdaptionRows("bbox_head.feature_adaption_reg", towers.Channels, towers.Channels, cells),
            new(
                "bbox_head.retina_cls",
                "3x3 convolution",
                $"N x {classification.LogitCount} per level",
                Cost.Convolution(towers.Channels, classification.LogitCount, 3, true, cells)
            ),
            new("bbox_head.retina_reg", "3x3 convolution", "N x 4 per level", Cost.Convolution(towers.Channels, 4, 3, true, cells)),
        ];
        LossTerm[] terms =
        [
            .. LossTerm.OfClasses(classification.Terms, "anchors"),
            new("loss_bbox", "Offsets of the positive anchors."),
            new("loss_shape", "Shapes of the anchors."),
            new("loss_loc", "Places of the anchors."),
        ];
        FieldPlan[] fields =
        [
            .. anchoring.Fields,
            new(
                "anchorTargets",
                ObjectCode.New(
                    Heads + "AnchorTargets",
                    assigner.Construction,
                    coder.Construction,
                    $"classes: {CSharpLiteral.Of(context.Classes)}",
                    "normalizePerImage: false"
                ),
                "Classes of all anchors, and offsets of the positive ones."
            ),
            new("boxLoss", boxLoss, "Loss of the positive anchors' offsets."),
        ];
        var forward = new GuidedRetinaForwardFile(
            context.Names,
            fields.ToEquatableArray(),
            classification.Terms,
            classification.Arguments("logits.flatten(0, 1), targets.Labels, targets.Weights, targets.Divisor"),
            terms.ToEquatableArray(),
            classification.LogitCount
        );
        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}DenseHead"), file, rows.ToEquatableArray())
        {
            Names = Names(rows).ToEquatableArray(),
            Losses = [classification.Row("bbox_head.loss_cls")],
        };
        return new DenseHeadPlan(part, forward, terms.ToEquatableArray(), classification.Informed("Model.DenseHead.ClassificationLoss"));
    }

    // Neither torchvision nor detectron2 has such a head.
    private static IEnumerable<LayerName> Names(IEnumerable<DescriptionRow> rows) =>
        rows.Select(static row => new LayerName(row.Name.Contains("_convs.") ? $"{row.Name}.conv" : row.Name, null, null)
        {
            IsPerClass = row.Name == "bbox_head.retina_cls",
        });
}
