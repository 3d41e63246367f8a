using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Region proposal networks with guided anchors (Wang et al. 2019).</summary>
internal sealed class GuidedAnchorRpnPlanner : ProposalPlanner
{
    protected override string Component => "DetectorDsl.GuidedAnchorRpn";

    protected override ProposalPlan? Plan(ComponentValue component, IReadOnlyList<Level> pyramid, int inputs, PlanContext context)
    {
        var channels = component.IsNull("Channels") ? inputs : component.Integer("Channels");
        if (
            GuidedAnchoringPlan.Of(component, pyramid, channels, context) is not { } anchoring
            || !BoxForms.IsOfFourNumbers(component, context)
            || context.MakeShown(component.Component("BoxCoder"), Surroundings.None) is not { } coder
            || Fields(component, [], context) is not { } fields
        )
        {
            return null;
        }

        var file = new GuidedRpnFile(
            context.Names,
            inputs,
            channels,
            anchoring.OffsetGroups,
            anchoring.Code.Initializer,
            anchoring.Threshold,
            coder,
            Selector(component.Component("Training")),
            Selector(component.Component("Inference"))
        );
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        DescriptionRow[] rows =
        [
            new("rpn_head.rpn_conv", "3x3 convolution", $"N x {channels} per level", Cost.Convolution(inputs, channels, 3, true, cells)),
            .. GuidedAnchoringPlan.PredictorRows("rpn_head", channels, cells),
            .. anchoring.AdaptionRows("rpn_head.feature_adaption", channels, channels, cells),
            new("rpn_head.conv_cls", "1x1 convolution", "N x 1 per level", Cost.Convolution(channels, 1, 1, true, cells)),
            new("rpn_head.conv_reg", "1x1 convolution", "N x 4 per level", Cost.Convolution(channels, 4, 1, true, cells)),
        ];

        // Neither torchvision nor detectron2 has such a head.
        var names = rows.Select(static row => new LayerName(row.Name, null, null)).ToEquatableArray();
        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}RpnHead"), file, rows.ToEquatableArray()) { Names = names };
        LossTerm[] terms =
        [
            new("loss_rpn_cls", "Objectness of the sampled anchors."),
            new("loss_rpn_bbox", "Offsets of the positive anchors."),
            new("loss_anchor_shape", "Shapes of the anchors."),
            new("loss_anchor_loc", "Places of the anchors."),
        ];
        return new ProposalPlan(
            part,
            anchoring.Fields.Concat(fields).ToEquatableArray(),
            "GuidedRpnForward",
            terms.ToEquatableArray(),
            component.Component("Inference").Integer("MaxPerImage")
        );
    }
}
