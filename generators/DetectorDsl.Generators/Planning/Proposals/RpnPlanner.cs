using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Region proposal networks (Ren et al. 2015).</summary>
internal sealed class RpnPlanner : ProposalPlanner
{
    private static readonly LayerName Only = new("rpn_head.rpn_conv", "rpn.head.conv.0.0", "proposal_generator.rpn_head.conv")
    {
        EarlierTorchvision = "rpn.head.conv",
    };

    protected override string Component => "DetectorDsl.Rpn";

    protected override ProposalPlan? Plan(ComponentValue component, IReadOnlyList<Level> pyramid, int inputs, PlanContext context)
    {
        if (AnchorPlanner.Plan(component, pyramid, context) is not { } anchors || !BoxForms.IsOfFourNumbers(component, context))
        {
            return null;
        }

        var channels = component.IsNull("Channels") ? inputs : component.Integer("Channels");
        var layers = component.Integer("Layers");
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
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
            coder,
            Selector(component.Component("Training")),
            Selector(component.Component("Inference"))
        )
        {
            Blocks = layers == 1 ? [] : Enumerable.Range(0, layers).Select(Block).ToEquatableArray(),
        };
        var cells = pyramid.Sum(level => context.ImageSize.Cells(level.Stride));
        DescriptionRow[] rows =
        [
            .. Convolutions(),
            new(
                "rpn_head.rpn_cls",
                "1x1 convolution",
                $"N x {anchors.PerCell} per level",
                Cost.Convolution(channels, anchors.PerCell, 1, true, cells)
            ),
            new(
                "rpn_head.rpn_reg",
                "1x1 convolution",
                $"N x {4 * anchors.PerCell} per level",
                Cost.Convolution(channels, 4 * anchors.PerCell, 1, true, cells)
            ),
        ];
        if (Fields(component, Choice(component), context) is not { } fields)
        {
            return null;
        }

        var part = new PartPlan(ObjectCode.New($"{context.Names.Name}RpnHead"), file, rows.ToEquatableArray())
        {
            Names = Names(component.Component("Anchors"), layers).ToEquatableArray(),
        };
        LossTerm[] terms =
        [
            new("loss_rpn_cls", "Objectness of the sampled anchors."),
            new("loss_rpn_bbox", "Offsets of the positive anchors."),
        ];
        return new ProposalPlan(
            part,
            fields.ToEquatableArray(),
            "RpnForward",
            terms.ToEquatableArray(),
            component.Component("Inference").Integer("MaxPerImage")
        );

        int From(int layer) => layer == 0 ? inputs : channels;

        string Block(int layer) =>
            ConvolutionBlocks.Construction(
                $"Initialize.NormalConvolution({CSharpLiteral.Of(From(layer))}, {CSharpLiteral.Of(channels)}, kernel: 3, deviation: 0.01",
                norm: null
            );

        IEnumerable<DescriptionRow> Convolutions() =>
            layers == 1
                ?
                [
                    new(
                        "rpn_head.rpn_conv",
                        "3x3 convolution",
                        $"N x {channels} per level",
                        Cost.Convolution(inputs, channels, 3, true, cells)
                    ),
                ]
                : Enumerable
                    .Range(0, layers)
                    .Select(layer => new DescriptionRow(
                        $"rpn_head.rpn_conv.{layer}",
                        "3x3 convolution",
                        $"N x {channels} per level",
                        ConvolutionBlocks.Cost(From(layer), channels, 3, norm: null, cells)
                    ));
    }

    private static IEnumerable<string> Choice(ComponentValue component) =>
        [
            ValueCode.Named("allowedBorder", component["AllowedBorder"]),
            ValueCode.Named("inPadding", component.Component("Anchors")["InPadding"]),
            ValueCode.Named("exactDivisor", component["ExactDivisor"]),
        ];

    // torchvision, models/detection/rpn.py; detectron2, modeling/proposal_generator/rpn.py.
    private static IEnumerable<LayerName> Names(ComponentValue anchors, int layers)
    {
        var rows = AnchorRows.OfDetectron2(anchors.List("Scales").Count, anchors.List("Ratios").Count);
        return
        [
            .. layers == 1
                ? [Only]
                : Enumerable
                    .Range(0, layers)
                    .SelectMany(static layer =>
                        ConvolutionBlocks.Names(
                            $"rpn_head.rpn_conv.{layer}",
                            $"rpn.head.conv.{layer}",
                            $"proposal_generator.rpn_head.conv.conv{layer}",
                            norm: null
                        )
                    ),
            new LayerName("rpn_head.rpn_cls", "rpn.head.cls_logits", "proposal_generator.rpn_head.objectness_logits")
            {
                Detectron2Rows = rows,
            },
            new LayerName("rpn_head.rpn_reg", "rpn.head.bbox_pred", "proposal_generator.rpn_head.anchor_deltas") { Detectron2Rows = rows },
        ];
    }
}
