using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Region proposal networks (Ren et al. 2015).</summary>
internal sealed class RpnPlanner : ProposalPlanner
{
    protected override string Component => "DetectorDsl.Rpn";

    protected override ProposalPlan? Plan(ComponentValue component, IReadOnlyList<Level> pyramid, int inputs, PlanContext context)
    {
        if (AnchorPlanner.Plan(component, pyramid, context) is not { } anchors || !BoxForms.IsOfFourNumbers(component, context))
        {
            return null;
        }

        var channels = component.IsNull("Channels") ? inputs : component.Integer("Channels");
        var coder = context.Make(component.Component("BoxCoder"), Surroundings.None);
        if (coder is null)
        {
            return null;
        }

        var file = new RpnFile(
            context.Names,
            inputs,
            channels,
            anchors.PerCell,
            anchors.Code.Initializer,
            Selector(component.Component("Training"), coder),
            Selector(component.Component("Inference"), coder));
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var rows = new DescriptionRow[]
        {
            new("rpn_head.rpn_conv", "3x3 convolution", $"N x {channels} per level", Cost.Convolution(inputs, channels, 3, true, cells)),
            new("rpn_head.rpn_cls", "1x1 convolution", $"N x {anchors.PerCell} per level", Cost.Convolution(channels, anchors.PerCell, 1, true, cells)),
            new("rpn_head.rpn_reg", "1x1 convolution", $"N x {4 * anchors.PerCell} per level", Cost.Convolution(channels, 4 * anchors.PerCell, 1, true, cells)),
        };
        if (Fields(component, coder, Choice(component), context) is not { } fields)
        {
            return null;
        }

        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}RpnHead"), file, rows.ToEquatableArray()) { Names = Names(component.Component("Anchors")).ToEquatableArray() };
        LossTerm[] terms = [new("loss_rpn_cls", "Objectness of the sampled anchors."), new("loss_rpn_bbox", "Offsets of the positive anchors.")];
        return new ProposalPlan(part, fields.ToEquatableArray(), "RpnForward", terms.ToEquatableArray(), component.Component("Inference").Integer("MaxPerImage"));
    }

    private static IEnumerable<string> Choice(ComponentValue component) =>
    [
        ValueCode.Named("allowedBorder", component["AllowedBorder"]),
        ValueCode.Named("inPadding", component.Component("Anchors")["InPadding"]),
        ValueCode.Named("exactDivisor", component["ExactDivisor"]),
    ];

    // torchvision, models/detection/rpn.py; detectron2, modeling/proposal_generator/rpn.py.
    private static IEnumerable<LayerName> Names(ComponentValue anchors)
    {
        var rows = AnchorRows.OfDetectron2(anchors.List("Scales").Count, anchors.List("Ratios").Count);
        return
        [
            new LayerName("rpn_head.rpn_conv", "rpn.head.conv.0.0", "proposal_generator.rpn_head.conv") { EarlierTorchvision = "rpn.head.conv" },
            new LayerName("rpn_head.rpn_cls", "rpn.head.cls_logits", "proposal_generator.rpn_head.objectness_logits") { Detectron2Rows = rows },
            new LayerName("rpn_head.rpn_reg", "rpn.head.bbox_pred", "proposal_generator.rpn_head.anchor_deltas") { Detectron2Rows = rows },
        ];
    }
}
