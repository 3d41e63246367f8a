using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
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
            Heads + "GuidedAnchors",
            ValueCode.Named("scale", anchoring["Scale"]),
            ValueCode.Named("scalesPerOctave", anchoring["ScalesPerOctave"]),
            ValueCode.Named("ratios", anchoring["Ratios"]),
            strides,
            ValueCode.Named("shapeDeviation", anchoring["ShapeDeviation"])
        );
        var locations = ObjectCode.New(
            Heads + "LocationTargets",
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
                ObjectCode.New(Heads + "ShapeTargets", assigner.Construction, sampler.Construction),
                "Which shapes anchors are to have."
            ),
            new("anchorShapeLoss", shapeLoss, "Loss of the anchors' shapes."),
        ];
        return new GuidedAnchoringPlan(code, groups, ValueCode.Of(anchoring["LocationThreshold"]), fields.ToEquatableArray());
    }

    /// <summary>Rows of a deformable convolution that adapts features to the anchors' shapes.</summary>
    /// <param name="name">The module.</param>
    /// <param name="inputs">Channels that it reads.</param>
    /// <param name="channels">Channels that it yields.</param>
    /// <param name="cells">Places of all levels.</param>
    public IEnumerable<DescriptionRow> AdaptionRows(string name, int inputs, int channels, long cells)
    {
        var shifts = 18 * OffsetGroups;
        yield return new DescriptionRow(
            $"{name}.conv_offset",
            "1x1 convolution",
            $"N x {shifts} per level",
            Cost.Convolution(2, shifts, 1, false, cells)
        );
        yield return new DescriptionRow(
            $"{name}.conv_adaption",
            "3x3 deformable convolution",
            $"N x {channels} per level",
            Cost.Convolution(inputs, channels, 3, false, cells)
        );
    }

    /// <summary>Rows of the layers that predict places and shapes.</summary>
    /// <param name="head">The module that holds them.</param>
    /// <param name="channels">Channels that they read.</param>
    /// <param name="cells">Places of all levels.</param>
    public static IEnumerable<DescriptionRow> PredictorRows(string head, int channels, long cells)
    {
        yield return new DescriptionRow(
            $"{head}.conv_loc",
            "1x1 convolution",
            "N x 1 per level",
            Cost.Convolution(channels, 1, 1, true, cells)
        );
        yield return new DescriptionRow(
            $"{head}.conv_shape",
            "1x1 convolution",
            "N x 2 per level",
            Cost.Convolution(channels, 2, 1, true, cells)
        );
    }
}
