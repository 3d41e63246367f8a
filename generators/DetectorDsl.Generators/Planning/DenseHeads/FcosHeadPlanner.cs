using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
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
        if (
            TowerPlan.Normalized(component, inputs, component.Truth("ConvolutionBias"), context) is not { } towers
            || context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes)) is not { } boxLoss
        )
        {
            return null;
        }

        var inStrides = component.Truth("DistancesInStrides");
        var coder = ObjectCode.New(Heads + "DistanceBoxCoder", ValueCode.Named("inStrides", component["DistancesInStrides"]));
        var locations = ObjectCode.New(
            Heads + "AnchorGenerator",
            "scales: [1.0]",
            "ratios: [1.0]",
            $"strides: {ValueCode.Numbers(pyramid.Select(static level => level.Stride))}",
            ValueCode.Named("fittedStrides", component["FittedStrides"]),
            ValueCode.Named("centreOffset", component["FirstLocation"])
        );
        var file = new FcosHeadFile(
            context.Names,
            locations.Initializer,
            towers.Blocks,
            towers.Classifier(classification.LogitCount, component),
            towers.Predictor(4),
            towers.Predictor(1),
            classification.Code,
            coder.Initializer,
            classification.LogitCount,
            classification.LogitMeaning,
            context.Classes,
            pyramid.Count,
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
        var rows = Rows(towers, inputs, classification, component, pyramid, context);
        var names = Names(towers.Blocks.Count, towers.IsNormalized, classification.LogitCount - context.Classes).ToEquatableArray();
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

    // torchvision, models/detection/fcos.py: convolution, normalisation and ReLU count as three.
    private static IEnumerable<LayerName> Names(int layers, bool isNormalized, int extraLogits)
    {
        foreach (var (own, torchvision) in new[] { ("cls_convs", "classification_head"), ("reg_convs", "regression_head") })
        {
            for (var layer = 0; isNormalized && layer < layers; layer++)
            {
                yield return new LayerName($"bbox_head.{own}.{layer}.conv", $"head.{torchvision}.conv.{3 * layer}", null);
                yield return new LayerName($"bbox_head.{own}.{layer}.gn", $"head.{torchvision}.conv.{(3 * layer) + 1}", null);
            }
        }

        yield return extraLogits > 0
            ? new LayerName("bbox_head.conv_cls", null, null) { IsPerClass = true }
            : new LayerName("bbox_head.conv_cls", "head.classification_head.cls_logits", null)
            {
                TorchvisionRows = ClassRows.OfTorchvisionDense(anchors: 1),
                IsPerClass = true,
            };
        yield return new LayerName("bbox_head.conv_reg", "head.regression_head.bbox_reg", null);
        yield return new LayerName("bbox_head.conv_centerness", "head.regression_head.bbox_ctrness", null);
    }

    private static ObjectCode Targets(ComponentValue assigner, ObjectCode coder, int classes) =>
        ObjectCode.New(
            Heads + "PointTargets",
            coder.Construction,
            $"classes: {CSharpLiteral.Of(classes)}",
            ValueCode.Named("centreRadius", assigner["CentreRadius"]),
            ValueCode.Named("reach", assigner["Reach"]),
            ValueCode.Named("closedRanges", assigner["ClosedRanges"])
        );

    private static IEnumerable<DescriptionRow> Rows(
        TowerPlan towers,
        int inputs,
        ClassificationPlan classification,
        ComponentValue component,
        IReadOnlyList<Level> pyramid,
        PlanContext context
    )
    {
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var rows = towers
            .Rows(inputs, cells)
            .Append(Predictor("conv_cls", classification.LogitCount))
            .Append(Predictor("conv_reg", 4))
            .Append(Predictor("conv_centerness", 1));
        return component.Truth("LearnedScales")
            ? rows.Append(
                new DescriptionRow(
                    "bbox_head.scales",
                    "factor",
                    "one per level",
                    Enumerable
                        .Range(0, pyramid.Count)
                        .Aggregate(Cost.None, static (sum, level) => sum + Cost.Factor("scale").At($"{level}"))
                )
            )
            : rows;

        DescriptionRow Predictor(string name, int outputs) =>
            new(
                $"bbox_head.{name}",
                "3x3 convolution",
                $"N x {outputs} per level",
                Cost.Convolution(towers.Channels, outputs, 3, true, cells)
            );
    }
}
