using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>One kind of residual block: how many channels leave it, how it is made, what layers it has.</summary>
internal abstract class ResidualBlocks
{
    /// <summary>Output channels per channel of a stage's width.</summary>
    public abstract int Expansion { get; }

    /// <summary>The expression for where deformable ones sample their map; null where none is.</summary>
    public virtual string? Deformable => null;

    /// <summary>What a stage of them is called.</summary>
    public abstract string Phrase(int stage);

    /// <summary>Whether the 3x3 convolutions of a stage (1 to 4) learn where to sample.</summary>
    public abstract bool AreDeformable(int stage);

    /// <summary>Channels of a stage's inner convolutions.</summary>
    public abstract int Width(int planes);

    /// <summary>One of them.</summary>
    public abstract CompositeLayer Block(BlockPlace place);

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

    private sealed class BasicBlocks : ResidualBlocks
    {
        public override int Expansion => 1;

        public override string Phrase(int stage) => "basic blocks";

        public override bool AreDeformable(int stage) => false;

        public override int Width(int planes) => planes;

        public override CompositeLayer Block(BlockPlace place) =>
            new(
                ObjectCode.New(
                    Layers + "BasicBlock",
                    CSharpLiteral.Of(place.From),
                    CSharpLiteral.Of(place.Planes),
                    $"stride: {place.Step}",
                    place.Norm.Code
                ),
                "basic block",
                [
                    .. place.Normalized(1, new ConvolutionLayer(place.From, place.Planes, 3) { Stride = place.Step }),
                    .. place.Normalized(2, new ConvolutionLayer(place.Planes, place.Planes, 3), Activation.None),
                    .. place.Shortcut,
                ]
            );
    }

    private sealed class Bottlenecks(int groups, int widthPerGroup, ComponentValue? deformable) : ResidualBlocks
    {
        private const int PublishedBase = 64;

        public override int Expansion => 4;

        public override string? Deformable =>
            deformable is null
                ? null
                : $"new DeformableSampling({ValueCode.Named("Groups", deformable["Groups"])}, {ValueCode.Named("Modulated", deformable["Modulated"])})";

        public override string Phrase(int stage) =>
            $"bottlenecks{(groups > 1 ? $" of {groups} groups" : "")}{(AreDeformable(stage) ? ", deformable" : "")}";

        public override bool AreDeformable(int stage) => deformable is not null && stage + 1 >= deformable.Integer("FirstStage");

        public override int Width(int planes) => planes * widthPerGroup / PublishedBase * groups;

        public override CompositeLayer Block(BlockPlace place)
        {
            var (width, channels) = (Width(place.Planes), place.Level.Channels);
            return new(
                ObjectCode.New(Layers + "Bottleneck", Arguments(place)),
                "bottleneck",
                [
                    .. place.Normalized(1, new ConvolutionLayer(place.From, width, 1) { Places = place.CellsBefore }),
                    .. AreDeformable(place.Stage)
                        ? place.Sampled(
                            2,
                            new DeformableLayer(width, width, 3, deformable!.Integer("Groups"))
                            {
                                Stride = place.Step,
                                Groups = groups,
                                IsModulated = deformable.Truth("Modulated"),
                            }
                        )
                        : place.Normalized(2, new ConvolutionLayer(width, width, 3) { Stride = place.Step, Groups = groups }),
                    .. place.Normalized(3, new ConvolutionLayer(width, channels, 1), Activation.None),
                    .. place.Shortcut,
                ]
            );
        }

        private IEnumerable<string> Arguments(BlockPlace place)
        {
            var width = Width(place.Planes);
            yield return CSharpLiteral.Of(place.From);
            yield return CSharpLiteral.Of(width);
            yield return $"stride: {place.Step}";
            yield return place.Norm.Code;
            if (width != place.Planes)
            {
                yield return $"outChannels: {CSharpLiteral.Of(place.Level.Channels)}";
            }

            if (groups > 1)
            {
                yield return $"groups: {CSharpLiteral.Of(groups)}";
            }

            if (AreDeformable(place.Stage))
            {
                yield return "deformable: deformable";
            }
        }
    }
}
