using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>One kind of residual block: how many channels leave it, how it is made, what it costs.</summary>
internal abstract class ResidualBlocks
{
    /// <summary>Output channels per channel of a stage's width.</summary>
    public abstract int Expansion { get; }

    /// <summary>Convolutions of a block.</summary>
    public abstract int Convolutions { get; }

    /// <summary>The expression for where deformable ones sample their map; null where none is.</summary>
    public virtual string? Deformable => null;

    /// <summary>What a stage of them is called.</summary>
    public abstract string Phrase(int stage);

    /// <summary>Whether the 3x3 convolutions of a stage (1 to 4) learn where to sample.</summary>
    public abstract bool AreDeformable(int stage);

    /// <summary>Channels of a stage's inner convolutions.</summary>
    public abstract int Width(int planes);

    /// <summary>The expression that makes one.</summary>
    public abstract string Construction(int stage, int from, int planes, int step);

    /// <summary>Its cost.</summary>
    public abstract Cost Cost(int stage, int from, int planes, Level level, int step, NormalizationPlan norm, ImageSize size);

    /// <summary>The blocks of a depth with the component's options; null, and a problem, where they do not go together.</summary>
    public static ResidualBlocks? Of(bool bottleneck, ComponentValue component, PlanContext context)
    {
        var (groups, widthPerGroup) = (component.Integer("Groups"), component.Integer("WidthPerGroup"));
        var deformable = component["Deformable"] as ComponentValue;
        if (!bottleneck)
        {
            if (groups == 1 && widthPerGroup == 64 && deformable is null)
            {
                return new BasicBlocks();
            }

            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    $"the blocks of depth {component.Integer("Depth")} have no groups and are not deformable; take depth 50, 101 or 152"
                )
            );
            return null;
        }

        var blocks = new Bottlenecks(groups, widthPerGroup, deformable);
        var narrowest = blocks.Width(component.Integer("BaseChannels"));
        if (narrowest == 0)
        {
            context.Report(
                Problems.ComponentNotUsable(
                    component.Origin,
                    component.Name,
                    $"{component.Integer("BaseChannels")} base channels leave none for each group; WidthPerGroup counts for 64 of them"
                )
            );
            return null;
        }

        if (deformable is not null && narrowest % deformable.Integer("Groups") != 0)
        {
            context.Report(
                Problems.GroupsDoNotDivide(
                    deformable["Groups"].Origin,
                    "Groups",
                    deformable.Integer("Groups"),
                    narrowest,
                    "the backbone's 3x3 convolutions"
                )
            );
            return null;
        }

        return blocks;
    }

    protected static Cost Normalized(int number, Cost convolution, int channels, NormalizationPlan norm) =>
        convolution.At($"conv{number}") + norm.Cost(channels).At($"{norm.Key}{number}");

    protected static Cost Shortcut(int from, int to, int step, NormalizationPlan norm, long cells) =>
        step == 1 && from == to
            ? Shapes.Cost.None
            : (Shapes.Cost.Convolution(from, to, 1, false, cells).At("0") + norm.Cost(to).At("1")).At("downsample");

    private sealed class BasicBlocks : ResidualBlocks
    {
        public override int Expansion => 1;

        public override int Convolutions => 2;

        public override string Phrase(int stage) => "basic blocks";

        public override bool AreDeformable(int stage) => false;

        public override int Width(int planes) => planes;

        public override string Construction(int stage, int from, int planes, int step) =>
            $"new BasicBlock({CSharpLiteral.Of(from)}, {CSharpLiteral.Of(planes)}, stride: {step}, norm)";

        public override Cost Cost(int stage, int from, int planes, Level level, int step, NormalizationPlan norm, ImageSize size)
        {
            var cells = size.Cells(level.Stride);
            return Normalized(1, Shapes.Cost.Convolution(from, planes, 3, false, cells), planes, norm)
                + Normalized(2, Shapes.Cost.Convolution(planes, planes, 3, false, cells), planes, norm)
                + Shortcut(from, planes, step, norm, cells);
        }
    }

    private sealed class Bottlenecks(int groups, int widthPerGroup, ComponentValue? deformable) : ResidualBlocks
    {
        private const int PublishedBase = 64;
        private const int Taps = 9;

        public override int Expansion => 4;

        public override int Convolutions => 3;

        public override string? Deformable =>
            deformable is null
                ? null
                : $"new DeformableSampling({ValueCode.Named("Groups", deformable["Groups"])}, {ValueCode.Named("Modulated", deformable["Modulated"])})";

        public override string Phrase(int stage) =>
            $"bottlenecks{(groups > 1 ? $" of {groups} groups" : "")}{(AreDeformable(stage) ? ", deformable" : "")}";

        public override bool AreDeformable(int stage) => deformable is not null && stage + 1 >= deformable.Integer("FirstStage");

        public override int Width(int planes) => planes * widthPerGroup / PublishedBase * groups;

        public override string Construction(int stage, int from, int planes, int step)
        {
            var width = Width(planes);
            var arguments = new List<string> { CSharpLiteral.Of(from), CSharpLiteral.Of(width), $"stride: {step}", "norm" };
            if (width != planes)
            {
                arguments.Add($"outChannels: {CSharpLiteral.Of(planes * Expansion)}");
            }

            if (groups > 1)
            {
                arguments.Add($"groups: {CSharpLiteral.Of(groups)}");
            }

            if (AreDeformable(stage))
            {
                arguments.Add("deformable: deformable");
            }

            return $"new Bottleneck({string.Join(", ", arguments)})";
        }

        public override Cost Cost(int stage, int from, int planes, Level level, int step, NormalizationPlan norm, ImageSize size)
        {
            var (width, cells) = (Width(planes), size.Cells(level.Stride));
            var places = AreDeformable(stage)
                ? Shapes
                    .Cost.Convolution(width, (deformable!.Truth("Modulated") ? 3 : 2) * Taps * deformable.Integer("Groups"), 3, true, cells)
                    .At("conv_offset")
                : Shapes.Cost.None;
            return Normalized(1, Shapes.Cost.Convolution(from, width, 1, false, size.Cells(level.Stride / step)), width, norm)
                + Normalized(2, Shapes.Cost.Convolution(width, width, 3, false, cells, groups) + places, width, norm)
                + Normalized(3, Shapes.Cost.Convolution(width, level.Channels, 1, false, cells), level.Channels, norm)
                + Shortcut(from, level.Channels, step, norm, cells);
        }
    }
}
