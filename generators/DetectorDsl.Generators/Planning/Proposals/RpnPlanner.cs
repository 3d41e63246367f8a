using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Region proposal networks (Ren et al. 2015).</summary>
internal static class RpnPlanner
{
    public static ProposalPlan? Plan(IReadOnlyList<Level> pyramid, PlanContext context)
    {
        var component = context.Spec.Component("ProposalHead");
        if (!component.Info.Is("DetectorDsl.Rpn"))
        {
            context.Report(Problems.ComponentNotUsable(component.Origin, component.Name, "proposal heads of one's own are not supported; derive from Rpn"));
            return null;
        }

        if (AnchorPlanner.Plan(component, pyramid, context) is not { } anchors || PyramidChannels.Shared(component, pyramid, context) is not { } inputs)
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
            Selector(component.Component("Training")),
            Selector(component.Component("Inference")));
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        var rows = new DescriptionRow[]
        {
            new("rpn_head.rpn_conv", "3x3 convolution", $"N x {channels} per level", Cost.Convolution(inputs, channels, 3, true, cells)),
            new("rpn_head.rpn_cls", "1x1 convolution", $"N x {anchors.PerCell} per level", Cost.Convolution(channels, anchors.PerCell, 1, true, cells)),
            new("rpn_head.rpn_reg", "1x1 convolution", $"N x {4 * anchors.PerCell} per level", Cost.Convolution(channels, 4 * anchors.PerCell, 1, true, cells)),
        };
        if (Fields(component, coder, context) is not { } fields)
        {
            return null;
        }

        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}RpnHead"), file, rows.ToEquatableArray()) { Names = Names(component.Component("Anchors")).ToEquatableArray() };
        LossTerm[] terms = [new("loss_rpn_cls", "Objectness of the sampled anchors."), new("loss_rpn_bbox", "Offsets of the positive anchors.")];
        return new ProposalPlan(part, fields, "RpnForward", terms.ToEquatableArray(), component.Component("Inference").Integer("MaxPerImage"));

        string Selector(ComponentValue selection) => ObjectCode.New(
            Heads + "ProposalSelector",
            ValueCode.Named("candidatesPerLevel", selection["CandidatesPerLevel"]),
            ValueCode.Named("maxPerImage", selection["MaxPerImage"]),
            ValueCode.Named("nmsIou", selection["NmsIou"]),
            ValueCode.Named("minSize", selection["MinSize"]),
            coder.Construction).Initializer;
    }

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

    private static EquatableArray<FieldPlan>? Fields(ComponentValue component, ObjectCode coder, PlanContext context)
    {
        var assigner = context.Make(component.Component("Assigner"), Surroundings.None);
        var sampler = context.Make(component.Component("Sampler"), Surroundings.None);
        var boxLoss = context.Make(component.Component("BoxLoss"), Surroundings.None);
        if (assigner is null || sampler is null || boxLoss is null)
        {
            return null;
        }

        return new FieldPlan[]
        {
            new("rpnTargets", ObjectCode.New(Heads + "RpnTargets", assigner.Construction, sampler.Construction, coder.Construction, ValueCode.Named("allowedBorder", component["AllowedBorder"])), "Which anchors the first stage's losses see, and their targets."),
            new("rpnObjectnessLoss", ObjectCode.New(Losses + "ObjectnessLoss", ValueCode.Named("lossWeight", component["ObjectnessWeight"])), "Loss of the anchors' objectness."),
            new("rpnBoxLoss", boxLoss, "Loss of the anchors' offsets."),
        }.ToEquatableArray();
    }
}
