using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>RetinaNet's head (Lin et al. 2017, section 4).</summary>
internal sealed class RetinaHeadPlanner : DenseHeadPlanner
{
    protected override string Component => "DetectorDsl.RetinaHead";

    protected override DenseHeadPlan? Plan(ComponentValue component, IReadOnlyList<Level> pyramid, int inputs, ClassificationPlan classification, PlanContext context)
    {
        var assigner = context.Make(component.Component("Assigner"), Surroundings.None);
        var boxLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (AnchorPlanner.Plan(component, pyramid, context) is not { } anchors || assigner is null || boxLoss is null || coder is null)
        {
            return null;
        }

        var towers = TowerPlan.Of(component, inputs);
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
            context.Value("Detections", "MinSize"));
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var rows = towers.Rows(inputs, normChannels: 0, bias: true, cells)
            .Append(new DescriptionRow("bbox_head.retina_cls", "3x3 convolution", $"N x {logits} per level", Cost.Convolution(towers.Channels, logits, 3, true, cells)))
            .Append(new DescriptionRow("bbox_head.retina_reg", "3x3 convolution", $"N x {offsets} per level", Cost.Convolution(towers.Channels, offsets, 3, true, cells)));
        var terms = LossTerm.OfClasses(classification.Terms, "anchors").Append(new LossTerm("loss_bbox", "Offsets of the positive anchors.")).ToEquatableArray();
        FieldPlan[] fields =
        [
            new("anchorTargets", ObjectCode.New(Heads + "AnchorTargets", assigner.Construction, coder.Construction, $"classes: {CSharpLiteral.Of(context.Classes)}", ValueCode.Named("normalizePerImage", component["NormalizePerImage"])), "Classes of all anchors, and offsets of the positive ones."),
            new("boxLoss", boxLoss, "Loss of the positive anchors' offsets."),
        ];
        var forward = new RetinaForwardFile(context.Names, fields.ToEquatableArray(), classification.Terms, terms, classification.LogitCount);
        return new DenseHeadPlan(new PartPlan(ObjectCode.New($"{context.Names.Name}DenseHead"), file, rows.ToEquatableArray()), forward, terms);
    }
}
