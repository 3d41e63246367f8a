using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Proposals;

/// <summary>Anchors whose places and shapes are predicted: what makes them, the groups of the features' adaption, the probability that a place needs, and what training needs.</summary>
internal sealed record GuidedAnchoringPlan(ObjectCode Code, int OffsetGroups, string Threshold, EquatableArray<FieldPlan> Fields)
{
    /// <summary>Plans them for a head with so many channels; null, and a problem, where that cannot be.</summary>
    public static GuidedAnchoringPlan? Of(ComponentValue head, IReadOnlyList<Level> pyramid, int channels, PlanContext context)
    {
        var anchoring = head.Component("Anchoring");
        var groups = anchoring.Integer("OffsetGroups");
        if (channels % groups != 0)
        {
            context.Report(
                Problems.GroupsDoNotDivide(anchoring["OffsetGroups"].Origin, "OffsetGroups", groups, channels, "the adapted features")
            );
            return null;
        }

        if (anchoring.Component("Assigner") is { Info.Module: not null } own)
        {
            context.Report(
                Problems.ComponentNotUsable(own.Origin, own.Name, "places are assigned to objects by the library's MaxIouAssigner")
            );
            return null;
        }

        var assigner = context.Make(anchoring.Component("Assigner"), Surroundings.None);
        var sampler = BoxSamplers.WithoutScores(anchoring, context);
        var locationLoss = context.Make(anchoring.Component("LocationLoss"), new Surroundings().With("classes", 1));
        var shapeLoss = context.Make(anchoring.Component("ShapeLoss"), Surroundings.None);
        if (assigner is null || sampler is null || locationLoss is null || shapeLoss is null)
        {
            return null;
        }

        var strides = $"strides: {ValueCode.Numbers(pyramid.Select(static level => level.Stride))}";
        var code = ObjectCode.New(
            Anchors + "GuidedAnchors",
            ValueCode.Named("scale", anchoring["Scale"]),
            ValueCode.Named("scalesPerOctave", anchoring["ScalesPerOctave"]),
            ValueCode.Named("ratios", anchoring["Ratios"]),
            strides,
            ValueCode.Named("shapeStd", anchoring["ShapeStd"])
        );
        var locations = ObjectCode.New(
            TrainingTargets + "LocationTargets",
            ValueCode.Named("scale", anchoring["Scale"]),
            strides,
            ValueCode.Named("centreShare", anchoring["CentreShare"]),
            ValueCode.Named("ignoredShare", anchoring["IgnoredShare"])
        );
        FieldPlan[] fields =
        [
            new("anchorLocations", locations, "Where anchors are to be."),
            new("anchorLocationLoss", locationLoss, "Loss of the anchors' places."),
            new(
                "anchorShapes",
                ObjectCode.New(TrainingTargets + "ShapeTargets", assigner.Construction, sampler.Construction),
                "Which shapes anchors are to have."
            ),
            new("anchorShapeLoss", shapeLoss, "Loss of the anchors' shapes."),
        ];
        return new GuidedAnchoringPlan(code, groups, ValueCode.Of(anchoring["LocationThreshold"]), fields.ToEquatableArray());
    }

    /// <summary>A deformable convolution that adapts features to the anchors' shapes.</summary>
    /// <param name="channels">Channels that it reads and yields.</param>
    /// <param name="cells">Places of all levels.</param>
    public CompositeLayer Adaption(int channels, long cells)
    {
        var width = CSharpLiteral.Of(channels);
        var adaption = new DeformableLayer(channels, channels, 3, OffsetGroups)
        {
            HasBias = false,
            Initial = InitialWeights.Normal(0.01),
            Activation = Activation.Relu,
            Places = cells,
            Shape = $"N x {channels} per level",
        };
        var offset = new ConvolutionLayer(2, adaption.SampleNumbers, 1)
        {
            HasBias = false,
            Initial = InitialWeights.Normal(0.1),
            Places = cells,
            Shape = $"N x {adaption.SampleNumbers} per level",
        };
        return new CompositeLayer(
            ObjectCode.New(Layers + "FeatureAdaption", width, width, $"offsetGroups: {CSharpLiteral.Of(OffsetGroups)}"),
            "feature adaption",
            [new("conv_offset", offset), new("conv_adaption", adaption)]
        )
        {
            IsDescribedByParts = true,
        };
    }

    /// <summary>The layers that predict places and shapes.</summary>
    /// <param name="channels">Channels that they read.</param>
    /// <param name="cells">Places of all levels.</param>
    public static IEnumerable<LayerField> Predictors(int channels, long cells) =>
        [
            LayerField.Of("conv_loc", PointwiseLayer(channels, 1, cells) with { Initial = InitialWeights.Normal(0.01, prior: 0.01) }),
            LayerField.Of("conv_shape", PointwiseLayer(channels, 2, cells)),
        ];

    /// <summary>A 1x1 convolution of every level.</summary>
    public static ConvolutionLayer PointwiseLayer(int channels, int outputs, long cells) =>
        new(channels, outputs, 1)
        {
            Initial = InitialWeights.Normal(0.01),
            Places = cells,
            Shape = $"N x {outputs} per level",
        };
}
