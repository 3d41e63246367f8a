using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>Residual networks of 18 to 152 layers (He et al. 2016, table 1).</summary>
internal sealed class ResNetPlanner : BackbonePlanner
{
    private const int Expansion = 4;

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
        var expansion = bottleneck ? Expansion : 1;
        var size = context.ImageSize;
        if (NormalizationPlan.Of(component.Component("Norm"), [stem, .. blocks.Select((_, stage) => stem << stage), stem * expansion], context) is not { } norm)
        {
            return null;
        }

        var rows = new List<DescriptionRow>
        {
            new("backbone.conv1", "7x7 convolution, stride 2", $"N x {stem} x H/2 x W/2", Cost.Convolution(3, stem, 7, bias: false, size.Cells(2)).At("conv1") + norm.Cost(stem).At($"{norm.Key}1")) { Module = "backbone" },
        };
        var stages = new List<ResNetStage>();
        var levels = new List<Level>();
        var shortcuts = new List<(int Blocks, bool HasShortcut)>();
        var channels = stem;
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            var level = new Level((stem << stage) * expansion, 4 << stage);
            var (constructions, cost) = Stage(bottleneck, blocks[stage], channels, stem << stage, level, stage == 0 ? 1 : 2, norm, size);
            stages.Add(new ResNetStage(stage + 1, constructions, level.Shape));
            rows.Add(new DescriptionRow($"backbone.layer{stage + 1}", $"{blocks[stage]} {(bottleneck ? "bottlenecks" : "basic blocks")}", level.Shape, cost));
            levels.Add(level);
            shortcuts.Add((blocks[stage], stage > 0 || channels != level.Channels));
            channels = level.Channels;
        }

        Warn(component, frozen, norm, context);
        var file = new ResNetFile(context.Names, depth, norm.Code, norm.Key, stem, stages.ToEquatableArray(), FrozenParts(frozen, norm.Key).ToEquatableArray());
        var type = $"{context.Names.Name}Backbone";
        return new BackbonePlan(
            new PartPlan(ObjectCode.New(type), file, rows.ToEquatableArray()) { Names = ResNetNames.Of(bottleneck ? 3 : 2, shortcuts, norm.Key).ToEquatableArray() },
            levels.ToEquatableArray(),
            component.IsNull("InitialWeights") ? null : CSharpLiteral.Of(component.Text("InitialWeights")));
    }

    private static (EquatableArray<string> Constructions, Cost Cost) Stage(bool bottleneck, int count, int inputs, int width, Level level, int stride, NormalizationPlan norm, ImageSize size)
    {
        var constructions = new List<string>();
        var cost = Cost.None;
        for (var block = 0; block < count; block++)
        {
            var (from, step) = block == 0 ? (inputs, stride) : (level.Channels, 1);
            constructions.Add($"new {(bottleneck ? "Bottleneck" : "BasicBlock")}({CSharpLiteral.Of(from)}, {CSharpLiteral.Of(width)}, stride: {step}, norm)");
            cost += (bottleneck ? BottleneckCost(from, width, level, step, norm, size) : BasicCost(from, width, level, step, norm, size)).At($"{block}");
        }

        return (constructions.ToEquatableArray(), cost);
    }

    private static Cost BasicCost(int from, int width, Level level, int step, NormalizationPlan norm, ImageSize size)
    {
        var cells = size.Cells(level.Stride);
        return Normalized(1, Cost.Convolution(from, width, 3, false, cells), width, norm)
            + Normalized(2, Cost.Convolution(width, width, 3, false, cells), width, norm)
            + Shortcut(from, width, step, norm, cells);
    }

    private static Cost BottleneckCost(int from, int width, Level level, int step, NormalizationPlan norm, ImageSize size)
    {
        var cells = size.Cells(level.Stride);
        return Normalized(1, Cost.Convolution(from, width, 1, false, size.Cells(level.Stride / step)), width, norm)
            + Normalized(2, Cost.Convolution(width, width, 3, false, cells), width, norm)
            + Normalized(3, Cost.Convolution(width, level.Channels, 1, false, cells), level.Channels, norm)
            + Shortcut(from, level.Channels, step, norm, cells);
    }

    private static Cost Normalized(int number, Cost convolution, int channels, NormalizationPlan norm) =>
        convolution.At($"conv{number}") + norm.Cost(channels).At($"{norm.Key}{number}");

    private static Cost Shortcut(int from, int to, int step, NormalizationPlan norm, long cells) =>
        step == 1 && from == to ? Cost.None : (Cost.Convolution(from, to, 1, false, cells).At("0") + norm.Cost(to).At("1")).At("downsample");

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
