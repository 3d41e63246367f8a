using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
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

        // Neither torchvision nor detectron2 has such a head.
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var layers = new ModuleLayers(
            "rpn_head",
            [
                LayerField.Of(
                    "rpn_conv",
                    new ConvolutionLayer(inputs, channels, 3)
                    {
                        Initial = InitialWeights.Normal(0.01),
                        Activation = Activation.Relu,
                        Places = cells,
                        Shape = $"N x {channels} per level",
                    }
                ),
                .. GuidedAnchoringPlan.Predictors(channels, cells),
                LayerField.Of("feature_adaption", anchoring.Adaption(channels, cells)),
                LayerField.Of("conv_cls", GuidedAnchoringPlan.PointwiseLayer(channels, 1, cells)),
                LayerField.Of("conv_reg", GuidedAnchoringPlan.PointwiseLayer(channels, 4, cells)),
            ]
        );
        var file = new GuidedRpnFile(
            context.Names,
            layers.Code,
            channels,
            anchoring.Code.Initializer,
            anchoring.Threshold,
            coder,
            Selector(component.Component("Training")),
            Selector(component.Component("Inference"))
        );
        var part = PartPlan.Of(ObjectCode.New($"{context.Names.Name}RpnHead"), file, layers);
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
