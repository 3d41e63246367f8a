using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>
/// The two towers of a dense head, for classes and for boxes: their convolutions' constructions, the channels that they yield, whether they are
/// normalised and have biases.
/// </summary>
internal sealed record TowerPlan(EquatableArray<string> Blocks, int Channels, bool IsNormalized, bool HasBias)
{
    private const string Deviation = "deviation: 0.01";

    /// <summary>Towers with ReLU alone.</summary>
    public static TowerPlan Of(ComponentValue head, int inputs) => Of(head, inputs, "", bias: true);

    /// <summary>Towers with the head's NormGroups between, if any; null, and a problem, where these do not divide the channels.</summary>
    /// <param name="head">The head.</param>
    /// <param name="inputs">Channels of the pyramid.</param>
    /// <param name="biased">Whether normalised convolutions have a bias, too.</param>
    /// <param name="context">The declaration.</param>
    public static TowerPlan? Normalized(ComponentValue head, int inputs, bool biased, PlanContext context)
    {
        var groups = head.Integer("NormGroups");
        var norm = groups == 0 ? "" : $"NormFactory.Group({ValueCode.Named("groups", head["NormGroups"])})";
        var towers = Of(head, inputs, norm, biased || groups == 0);
        if (groups == 0 || towers.Channels % groups == 0)
        {
            return towers;
        }

        context.Report(Problems.GroupsDoNotDivide(head["NormGroups"].Origin, "NormGroups", groups, towers.Channels, "the dense head"));
        return null;
    }

    /// <summary>The 3x3 convolution behind a tower.</summary>
    public string Predictor(int outputs) =>
        $"new PredictionConvolution({CSharpLiteral.Of(Channels)}, {CSharpLiteral.Of(outputs)}, {Deviation})";

    /// <summary>The same, whose sigmoids begin at the head's prior.</summary>
    public string Classifier(int outputs, ComponentValue head) =>
        $"new PredictionConvolution({CSharpLiteral.Of(Channels)}, {CSharpLiteral.Of(outputs)}, {Deviation}, {ValueCode.Named("prior", head["Prior"])})";

    /// <summary>Rows of both towers.</summary>
    public IEnumerable<DescriptionRow> Rows(int inputs, long cells) =>
        from tower in new[] { "cls_convs", "reg_convs" }
        from index in Enumerable.Range(0, Blocks.Count)
        select new DescriptionRow(
            $"bbox_head.{tower}.{index}",
            "3x3 convolution",
            $"N x {Channels} per level",
            Block(index == 0 ? inputs : Channels, cells)
        );

    private static TowerPlan Of(ComponentValue head, int inputs, string norm, bool bias)
    {
        var channels = head.IsNull("Channels") ? inputs : head.Integer("Channels");
        var blocks = Enumerable
            .Range(0, head.Integer("Layers"))
            .Select(index =>
            {
                var (from, to) = (CSharpLiteral.Of(index == 0 ? inputs : channels), CSharpLiteral.Of(channels));
                var convolution = $"Initialize.NormalConvolution({from}, {to}, kernel: 3, {Deviation}{(bias ? "" : ", bias: false")})";
                return $"new ConvolutionBlock({convolution}, activate: true{(norm.Length > 0 ? $", {norm}" : "")})";
            });
        return new TowerPlan(blocks.ToEquatableArray(), head.Integer("Layers") == 0 ? inputs : channels, norm.Length > 0, bias);
    }

    private Cost Block(int inputs, long cells)
    {
        var convolution = Cost.Convolution(inputs, Channels, 3, HasBias, cells).At("conv");
        return IsNormalized ? convolution + Cost.Normalization(Channels, hasStatistics: false).At("gn") : convolution;
    }
}
