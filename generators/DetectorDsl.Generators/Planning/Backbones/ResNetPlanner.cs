using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
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

        var names = new ResNetNames(norm.HasStatistics);
        var local = norm with { Code = "norm" };
        var stages = blocks.Select((count, index) => Stage(kind, index + 1, count, stem, local, names, size)).ToArray();
        var layers = new ModuleLayers(
            "backbone",
            [.. Stem(stem, local, names, size), .. stages.Select(static stage => LayerField.Sequence($"layer{stage.Number}", stage.Blocks))]
        );
        Warn(component, frozen, norm, context);
        var file = new ResNetFile(
            context.Names,
            depth,
            norm.Code,
            norm.Key,
            kind.Deformable,
            stem,
            layers.Code,
            stages.Select(static stage => new ResNetStage(stage.Number, stage.Level.Shape)).ToEquatableArray(),
            FrozenParts(frozen, norm.Key).ToEquatableArray()
        );
        DescriptionRow[] rows =
        [
            layers.Row("conv1", "7x7 convolution, stride 2", file.StemShape, "conv1", $"{norm.Key}1"),
            .. stages.Select(stage =>
                layers.Row(
                    $"layer{stage.Number}",
                    $"{stage.Blocks.Count} {kind.Phrase(stage.Number)}",
                    stage.Level.Shape,
                    stage.Blocks.Select((_, block) => $"layer{stage.Number}.{block}")
                )
            ),
        ];
        return new BackbonePlan(
            PartPlan.Of(ObjectCode.New($"{context.Names.Name}Backbone"), file, layers) with
            {
                Rows = rows.ToEquatableArray(),
            },
            stages.Select(static stage => stage.Level).ToEquatableArray(),
            component.IsNull("InitialWeights") ? null : CSharpLiteral.Of(component.Text("InitialWeights"))
        );
    }

    /// <summary>Channel counts that are normalised.</summary>
    private static IEnumerable<int> Normalized(ResidualBlocks kind, int stem, int stages) =>
        [stem, .. Enumerable.Range(0, stages).Select(stage => kind.Width(stem << stage)), stem * kind.Expansion];

    private static IEnumerable<LayerField> Stem(int channels, NormalizationPlan norm, ResNetNames names, ImageSize size) =>
        [
            LayerField.Of(
                "conv1",
                new ConvolutionLayer(3, channels, 7)
                {
                    Stride = 2,
                    HasBias = false,
                    Places = size.Cells(2),
                    TakesPixels = true,
                    Elsewhere = names.Convolution("conv1", "stem.conv1"),
                }
            ),
            LayerField.Of(
                $"{norm.Key}1",
                new NormalizationLayer(norm, channels)
                {
                    Activation = Activation.Relu,
                    Elsewhere = names.Norm($"{norm.Key}1", "stem.conv1"),
                }
            ),
        ];

    private static (int Number, Level Level, IReadOnlyList<Layer> Blocks) Stage(
        ResidualBlocks kind,
        int number,
        int count,
        int stem,
        NormalizationPlan norm,
        ResNetNames names,
        ImageSize size
    )
    {
        var planes = stem << (number - 1);
        var level = new Level(planes * kind.Expansion, 2 << number);
        var inputs = number == 1 ? stem : level.Channels / 2;
        return (
            number,
            level,
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(block =>
                        kind.Block(
                            new(
                                number,
                                block,
                                block == 0 ? inputs : level.Channels,
                                planes,
                                level,
                                block == 0 && number > 1 ? 2 : 1,
                                norm,
                                names,
                                size
                            )
                        )
                    ),
            ]
        );
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
