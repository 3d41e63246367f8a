using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>FCOS's head (Tian et al. 2019, section 3).</summary>
internal sealed class FcosHeadPlanner : DenseHeadPlanner
{
    protected override string Component => "DetectorDsl.FcosHead";

    protected override DenseHeadPlan? Plan(
        ComponentValue component,
        IReadOnlyList<Level> pyramid,
        int inputs,
        ClassificationPlan classification,
        PlanContext context
    )
    {
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        if (
            TowerPlan.Normalized(component, inputs, component.Truth("ConvolutionBias"), cells, context) is not { } towers
            || context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes)) is not { } boxLoss
        )
        {
            return null;
        }

        var inStrides = component.Truth("DistancesInStrides");
        var coder = ObjectCode.New(BoxCoding + "DistanceBoxCoder", ValueCode.Named("inStrides", component["DistancesInStrides"]));
        var locations = ObjectCode.New(
            Anchors + "AnchorGenerator",
            "scales: [1.0]",
            "ratios: [1.0]",
            $"strides: {ValueCode.Numbers(pyramid.Select(static level => level.Stride))}",
            ValueCode.Named("fittedStrides", component["FittedStrides"]),
            ValueCode.Named("centreOffset", component["FirstLocation"])
        );
        var layers = Layers(component, towers, classification, pyramid.Count);
        var file = new FcosHeadFile(
            context.Names,
            locations.Initializer,
            layers.Code,
            classification.Code,
            coder.Initializer,
            classification.LogitCount,
            classification.LogitMeaning,
            context.Classes,
            component.Truth("LearnedScales"),
            component.Truth("CentrenessFromBoxes"),
            inStrides ? "relu" : "exp",
            inStrides ? "strides" : "pixels",
            component.Truth("GeometricMeanScores"),
            ValueCode.Of(component["CandidatesPerLevel"]),
            context.Value("Detections", "MinSize")
        );
        var terms = LossTerm
            .OfClasses(classification.Terms, "locations")
            .Append(new LossTerm("loss_bbox", "Boxes of the positive locations."))
            .Append(new LossTerm("loss_centerness", "Centre-ness of the positive locations."))
            .ToEquatableArray();
        FieldPlan[] fields =
        [
            new(
                "pointTargets",
                Targets(component.Component("Assigner"), coder, context.Classes),
                "Classes of all locations, distances and centre-ness of the positive ones."
            ),
            new("boxLoss", boxLoss, "Loss of the positive locations' boxes."),
            new(
                "centrenessLoss",
                ObjectCode.New(Losses + "ObjectnessLoss", ValueCode.Named("lossWeight", component["CentrenessWeight"])),
                "Loss of the positive locations' centre-ness."
            ),
        ];
        var weights = component.Truth("WeightBoxesByCentreness") ? "targets.Centreness, targets.CentrenessSum" : "null, targets.Divisor";
        var forward = new FcosForwardFile(
            context.Names,
            fields.ToEquatableArray(),
            classification.Terms,
            classification.Arguments("logits.flatten(0, 1), targets.Labels, null, targets.Divisor"),
            terms,
            classification.LogitCount,
            weights
        );
        return new DenseHeadPlan(
            PartPlan.Of(ObjectCode.New($"{context.Names.Name}DenseHead"), file, layers),
            forward,
            terms,
            classification.Informed("Model.DenseHead.ClassificationLoss")
        );
    }

    // torchvision, models/detection/fcos.py: convolution, normalisation and ReLU count as three.
    private static ModuleLayers Layers(ComponentValue head, TowerPlan towers, ClassificationPlan classification, int levels) =>
        new(
            "bbox_head",
            [
                .. towers.Fields(
                    towers.Norm is null
                        ? null
                        : static (tower, layer) =>
                            (new($"{tower.Torchvision}.{3 * layer}", null), new($"{tower.Torchvision}.{(3 * layer) + 1}", null))
                ),
                LayerField.Of(
                    "conv_cls",
                    towers.Classifier(classification.LogitCount, head) with
                    {
                        Elsewhere =
                            classification.FurtherLogits > 0
                                ? OtherNames.None
                                : new("head.classification_head.cls_logits", null)
                                {
                                    TorchvisionRows = ClassRows.OfTorchvisionDense(anchors: 1),
                                },
                    }
                ),
                LayerField.Of("conv_reg", towers.Predictor(4) with { Elsewhere = new("head.regression_head.bbox_reg", null) }),
                LayerField.Of("conv_centerness", towers.Predictor(1) with { Elsewhere = new("head.regression_head.bbox_ctrness", null) }),
                .. head.Truth("LearnedScales") ? new[] { LayerField.Of("scales", Scales(levels)) } : [],
                classification.Field,
            ]
        );

    private static CompositeLayer Scales(int levels) =>
        new(
            new($"{Modules}ModuleList<{TypeNames.Layers}LearnedScale>", $"{TypeNames.Layers}LearnedScale.List({CSharpLiteral.Of(levels)})"),
            "factor",
            Enumerable.Range(0, levels).Select(static level => new NamedLayer($"{level}", new FactorLayer())).ToEquatableArray()
        )
        {
            Shape = "one per level",
        };

    private static ObjectCode Targets(ComponentValue assigner, ObjectCode coder, int classes) =>
        ObjectCode.New(
            TrainingTargets + "PointTargets",
            coder.Construction,
            $"classes: {CSharpLiteral.Of(classes)}",
            ValueCode.Named("centreRadius", assigner["CentreRadius"]),
            ValueCode.Named("reach", assigner["Reach"]),
            ValueCode.Named("closedRanges", assigner["ClosedRanges"])
        );
}
