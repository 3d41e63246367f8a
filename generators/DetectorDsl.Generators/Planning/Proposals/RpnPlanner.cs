using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

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
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        if (coder is null)
        {
            return null;
        }

        if (Fields(component, Choice(component), context) is not { } fields)
        {
            return null;
        }

        var layers = Layers(component, inputs, channels, anchors.PerCell, pyramid.Sum(level => context.ImageSize.Cells(level.Stride)));
        var file = new RpnFile(
            context.Names,
            layers.Code,
            channels,
            anchors.PerCell,
            anchors.Code.Initializer,
            coder,
            Selector(component.Component("Training")),
            Selector(component.Component("Inference"))
        )
        {
            HasBlocks = component.Integer("Layers") > 1,
        };
        var part = PartPlan.Of(ObjectCode.New($"{context.Names.Name}RpnHead"), file, layers);
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
    }

    private static IEnumerable<string> Choice(ComponentValue component) =>
        [
            ValueCode.Named("allowedBorder", component["AllowedBorder"]),
            ValueCode.Named("inPadding", component.Component("Anchors")["InPadding"]),
            ValueCode.Named("exactDivisor", component["ExactDivisor"]),
        ];

    // torchvision, models/detection/rpn.py; detectron2, modeling/proposal_generator/rpn.py.
    private static ModuleLayers Layers(ComponentValue component, int inputs, int channels, int anchors, long cells)
    {
        const string Torchvision = "rpn.head.";
        const string Detectron2 = "proposal_generator.rpn_head.";
        var (shapes, count) = (component.Component("Anchors"), component.Integer("Layers"));
        var rows = AnchorRows.OfDetectron2(shapes.List("Scales").Count, shapes.List("Ratios").Count);
        var convolutions = Enumerable.Range(0, count).Select(layer => Hidden(layer == 0 ? inputs : channels));
        return new(
            "rpn_head",
            [
                count == 1
                    ? LayerField.Of(
                        "rpn_conv",
                        Hidden(inputs) with
                        {
                            Elsewhere = new($"{Torchvision}conv.0.0", $"{Detectron2}conv") { EarlierTorchvision = $"{Torchvision}conv" },
                        }
                    )
                    : LayerField.List(
                        "rpn_conv",
                        ConvolutionBlocks.Type,
                        convolutions.Select(
                            (convolution, layer) =>
                                ConvolutionBlocks.Of(convolution, null, $"{Torchvision}conv.{layer}", $"{Detectron2}conv.conv{layer}")
                        )
                    ),
                Prediction("rpn_cls", anchors, "cls_logits", "objectness_logits"),
                Prediction("rpn_reg", 4 * anchors, "bbox_pred", "anchor_deltas"),
            ]
        );

        ConvolutionLayer Hidden(int from) =>
            new(from, channels, 3)
            {
                Initial = InitialWeights.Normal(0.01),
                Activation = Activation.Relu,
                Places = cells,
                Shape = $"N x {channels} per level",
            };

        LayerField Prediction(string name, int outputs, string torchvision, string detectron2) =>
            LayerField.Of(
                name,
                new ConvolutionLayer(channels, outputs, 1)
                {
                    Initial = InitialWeights.Normal(0.01),
                    Places = cells,
                    Shape = $"N x {outputs} per level",
                    Elsewhere = new($"{Torchvision}{torchvision}", $"{Detectron2}{detectron2}") { Detectron2Rows = rows },
                }
            );
    }
}
