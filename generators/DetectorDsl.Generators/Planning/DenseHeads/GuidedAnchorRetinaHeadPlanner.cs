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
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var towers = TowerPlan.Of(component, inputs, cells);
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

        // Neither torchvision nor detectron2 has such a head.
        var layers = new ModuleLayers(
            "bbox_head",
            [
                .. towers.Fields(),
                .. GuidedAnchoringPlan.Predictors(towers.Channels, cells),
                LayerField.Of("feature_adaption_cls", anchoring.Adaption(towers.Channels, cells)),
                LayerField.Of("feature_adaption_reg", anchoring.Adaption(towers.Channels, cells)),
                LayerField.Of("retina_cls", towers.Classifier(classification.LogitCount, component)),
                LayerField.Of("retina_reg", towers.Predictor(4)),
                classification.Field,
            ]
        );
        var file = new GuidedRetinaHeadFile(
            context.Names,
            layers.Code,
            anchoring.Code.Initializer,
            anchoring.Threshold,
            classification.Code,
            coder,
            classification.LogitCount,
            classification.LogitMeaning,
            context.Classes,
            ValueCode.Of(component["CandidatesPerLevel"]),
            context.Value("Detections", "MinSize")
        );
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
                    TrainingTargets + "AnchorTargets",
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
        return new DenseHeadPlan(
            PartPlan.Of(ObjectCode.New($"{context.Names.Name}DenseHead"), file, layers),
            forward,
            terms.ToEquatableArray(),
            classification.Informed("Model.DenseHead.ClassificationLoss")
        );
    }
}
