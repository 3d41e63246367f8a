using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>Residual networks of 18 to 152 layers (He et al. 2016, table 1).</summary>
internal sealed class ResNetPlanner : BackbonePlanner
{
    private static readonly Dictionary<int, (bool Bottleneck, int[] Blocks)> Depths = new()
    {
        [18] = (false, [2, 2, 2, 2]),
        [34] = (false, [3, 4, 6, 3]),
        [50] = (true, [3, 4, 6, 3]),
        [101] = (true, [3, 4, 23, 3]),
        [152] = (true, [3, 8, 36, 3]),
    };

    protected override string Component => "DetectorDsl.ResNet";

    protected override BackbonePlan? Plan(ComponentValue component, PlanContext context)
    {
        var depth = component.Integer("Depth");
        var stem = component.Integer("BaseChannels");
        var frozen = component.Integer("FrozenStages");
        var (bottleneck, blocks) = Depths[depth];
        var size = context.ImageSize;
        if (
            ResidualBlocks.Of(bottleneck, component, context) is not { } kind
            || NormalizationPlan.Of(component.Component("Norm"), Normalized(kind, stem, blocks.Length), "the backbone", context)
                is not { } norm
        )
        {
            return null;
        }

        var rows = new List<DescriptionRow>
        {
            new(
                "backbone.conv1",
                "7x7 convolution, stride 2",
                $"N x {stem} x H/2 x W/2",
                Cost.Convolution(3, stem, 7, bias: false, size.Cells(2)).At("conv1") + norm.Cost(stem).At($"{norm.Key}1")
            )
            {
                Module = "backbone",
            },
        };
        var stages = new List<ResNetStage>();
        var levels = new List<Level>();
        var named = new List<(int Blocks, bool HasShortcut, bool IsDeformable)>();
        var channels = stem;
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            var (number, planes) = (stage + 1, stem << stage);
            var level = new Level(planes * kind.Expansion, 4 << stage);
            var (constructions, cost) = Stage(kind, number, blocks[stage], channels, planes, level, stage == 0 ? 1 : 2, norm, size);
            stages.Add(new ResNetStage(number, constructions, level.Shape));
            rows.Add(new DescriptionRow($"backbone.layer{number}", $"{blocks[stage]} {kind.Phrase(number)}", level.Shape, cost));
            levels.Add(level);
            named.Add((blocks[stage], stage > 0 || channels != level.Channels, kind.AreDeformable(number)));
            channels = level.Channels;
        }

        Warn(component, frozen, norm, context);
        var file = new ResNetFile(
            context.Names,
            depth,
            norm.Code,
            norm.Key,
            kind.Deformable,
            stem,
            stages.ToEquatableArray(),
            FrozenParts(frozen, norm.Key).ToEquatableArray()
        );
        var type = $"{context.Names.Name}Backbone";
        return new BackbonePlan(
            new PartPlan(ObjectCode.New(type), file, rows.ToEquatableArray())
            {
                Names = ResNetNames.Of(kind.Convolutions, named, norm.Key).ToEquatableArray(),
            },
            levels.ToEquatableArray(),
            component.IsNull("InitialWeights") ? null : CSharpLiteral.Of(component.Text("InitialWeights"))
        );
    }

    /// <summary>Channel counts that are normalised.</summary>
    private static IEnumerable<int> Normalized(ResidualBlocks kind, int stem, int stages) =>
        [stem, .. Enumerable.Range(0, stages).Select(stage => kind.Width(stem << stage)), stem * kind.Expansion];

    private static (EquatableArray<string> Constructions, Cost Cost) Stage(
        ResidualBlocks kind,
        int number,
        int count,
        int inputs,
        int planes,
        Level level,
        int stride,
        NormalizationPlan norm,
        ImageSize size
    )
    {
        var constructions = new List<string>();
        var cost = Cost.None;
        for (var block = 0; block < count; block++)
        {
            var (from, step) = block == 0 ? (inputs, stride) : (level.Channels, 1);
            constructions.Add(kind.Construction(number, from, planes, step));
            cost += kind.Cost(number, from, planes, level, step, norm, size).At($"{block}");
        }

        return (constructions.ToEquatableArray(), cost);
    }

    private static IEnumerable<string> FrozenParts(int frozen, string normKey) =>
        frozen < 0 ? [] : new[] { "conv1", $"{normKey}1" }.Concat(Enumerable.Range(1, frozen).Select(static stage => $"layer{stage}"));

    // From scratch, what is frozen stays noise, and running statistics that never run stay 0 and 1.
    private static void Warn(ComponentValue component, int frozen, NormalizationPlan norm, PlanContext context)
    {
        if (component.IsNull("InitialWeights") && (frozen >= 0 || norm.NeedsWeights))
        {
            var what = frozen >= 0 ? "FrozenStages" : "Norm";
            var value = frozen >= 0 ? CSharpLiteral.Of(frozen) : $"BatchNorm in mode {component.Component("Norm").Choice("Mode")}";
            context.Report(Problems.FrozenWithoutWeights(component[what].Origin, what, value, "InitialWeights"));
        }
    }
}
