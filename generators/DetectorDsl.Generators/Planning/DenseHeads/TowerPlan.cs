using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>The two towers of a dense head, for classes and for boxes, and the convolutions behind them.</summary>
/// <param name="Inputs">Channels of the pyramid.</param>
/// <param name="Channels">Channels that the towers yield.</param>
/// <param name="Count">Convolutions of a tower.</param>
/// <param name="Norm">What normalises behind each; null for nothing.</param>
/// <param name="HasBias">Whether the convolutions have a bias.</param>
/// <param name="Cells">Places of all levels.</param>
internal sealed record TowerPlan(int Inputs, int Channels, int Count, NormalizationPlan? Norm, bool HasBias, long Cells)
{
    private const double Std = 0.01;

    /// <summary>What a convolution of a tower, and its normalisation, are called elsewhere.</summary>
    public delegate (OtherNames Convolution, OtherNames Norm) Naming(Tower tower, int layer);

    /// <summary>Towers with ReLU alone.</summary>
    public static TowerPlan Of(ComponentValue head, int inputs, long cells) => Of(head, inputs, null, biased: true, cells);

    /// <summary>Towers with the head's NormGroups between, if any; null, and a problem, where these do not divide the channels.</summary>
    /// <param name="head">The head.</param>
    /// <param name="inputs">Channels of the pyramid.</param>
    /// <param name="biased">Whether normalised convolutions have a bias, too.</param>
    /// <param name="cells">Places of all levels.</param>
    /// <param name="context">The declaration.</param>
    public static TowerPlan? Normalized(ComponentValue head, int inputs, bool biased, long cells, PlanContext context)
    {
        var groups = head.Integer("NormGroups");
        if (groups == 0)
        {
            return Of(head, inputs, cells);
        }

        var norm = new NormalizationPlan(
            $"{TypeNames.Layers}NormFactory.Group({ValueCode.Named("groups", head["NormGroups"])})",
            "gn",
            NeedsWeights: false,
            HasStatistics: false
        )
        {
            Groups = groups,
        };
        var towers = Of(head, inputs, norm, biased, cells);
        if (towers.Channels % groups == 0)
        {
            return towers;
        }

        context.Report(Problems.GroupsDoNotDivide(head["NormGroups"].Origin, "NormGroups", groups, towers.Channels, "the dense head"));
        return null;
    }

    /// <summary>The 3x3 convolution behind a tower.</summary>
    public PredictionLayer Predictor(int outputs) =>
        new(Channels, outputs)
        {
            Initial = InitialWeights.Normal(Std),
            Places = Cells,
            Shape = $"N x {outputs} per level",
        };

    /// <summary>The same for classes, whose sigmoids begin at the head's prior.</summary>
    public PredictionLayer Classifier(int outputs, ComponentValue head) =>
        Predictor(outputs) with
        {
            Initial = InitialWeights.Normal(Std, head.Real("Prior")),
            IsPerClass = true,
        };

    /// <summary>Both towers.</summary>
    /// <param name="names">What others call their layers; null where nobody has them.</param>
    public IEnumerable<LayerField> Fields(Naming? names = null) =>
        Tower.All.Select(tower =>
            LayerField.List(
                tower.Name,
                ConvolutionBlocks.Type,
                Enumerable
                    .Range(0, Count)
                    .Select(layer =>
                        Block(layer == 0 ? Inputs : Channels, names?.Invoke(tower, layer) ?? (OtherNames.None, OtherNames.None))
                    )
            )
        );

    private static TowerPlan Of(ComponentValue head, int inputs, NormalizationPlan? norm, bool biased, long cells)
    {
        var count = head.Integer("Layers");
        return new(inputs, count == 0 || head.IsNull("Channels") ? inputs : head.Integer("Channels"), count, norm, biased, cells);
    }

    private CompositeLayer Block(int inputs, (OtherNames Convolution, OtherNames Norm) names) =>
        ConvolutionBlocks.Of(
            new ConvolutionLayer(inputs, Channels, 3)
            {
                HasBias = HasBias,
                Initial = InitialWeights.Normal(Std),
                Activation = Activation.Relu,
                Places = Cells,
                Shape = $"N x {Channels} per level",
                Elsewhere = names.Convolution,
            },
            Norm,
            names.Norm
        );
}

/// <summary>A tower: its name, and what torchvision and detectron2 call the module that holds it.</summary>
internal sealed record Tower(string Name, string Torchvision, string Detectron2)
{
    public static readonly IReadOnlyList<Tower> All =
    [
        new("cls_convs", "head.classification_head.conv", "head.cls_subnet"),
        new("reg_convs", "head.regression_head.conv", "head.bbox_subnet"),
    ];
}
