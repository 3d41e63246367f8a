using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.DenseHeads;

/// <summary>The two towers of a dense head, for classes and for boxes: their convolutions' constructions and the channels that they yield.</summary>
internal sealed record TowerPlan(EquatableArray<string> Blocks, int Channels)
{
    private const string Deviation = "deviation: 0.01";

    /// <summary>Towers with ReLU alone (norm is empty), or with a normalisation between (its factory's expression).</summary>
    public static TowerPlan Of(ComponentValue head, int inputs, string norm = "", bool bias = true)
    {
        var channels = head.IsNull("Channels") ? inputs : head.Integer("Channels");
        var blocks = Enumerable.Range(0, head.Integer("Layers")).Select(index =>
        {
            var (from, to) = (CSharpLiteral.Of(index == 0 ? inputs : channels), CSharpLiteral.Of(channels));
            var convolution = $"Initialize.NormalConvolution({from}, {to}, kernel: 3, {Deviation}{(bias ? "" : ", bias: false")})";
            return $"new ConvolutionBlock({convolution}, activate: true{(norm.Length > 0 ? $", {norm}" : "")})";
        });
        return new TowerPlan(blocks.ToEquatableArray(), head.Integer("Layers") == 0 ? inputs : channels);
    }

    /// <summary>The 3x3 convolution behind a tower.</summary>
    public string Predictor(int outputs) => $"new PredictionConvolution({CSharpLiteral.Of(Channels)}, {CSharpLiteral.Of(outputs)}, {Deviation})";

    /// <summary>The same, whose sigmoids begin at the head's prior.</summary>
    public string Classifier(int outputs, ComponentValue head) => $"new PredictionConvolution({CSharpLiteral.Of(Channels)}, {CSharpLiteral.Of(outputs)}, {Deviation}, {ValueCode.Named("prior", head["Prior"])})";

    /// <summary>Rows of both towers.</summary>
    public IEnumerable<DescriptionRow> Rows(int inputs, int normChannels, bool bias, long cells) => new[] { "cls_convs", "reg_convs" }.SelectMany(tower => Enumerable.Range(0, Blocks.Count).Select(index =>
        new DescriptionRow($"bbox_head.{tower}.{index}", "3x3 convolution", $"N x {Channels} per level", Cost.Convolution(index == 0 ? inputs : Channels, Channels, 3, bias, cells).At("conv") + (normChannels > 0 ? Cost.Normalization(normChannels, hasStatistics: false).At("gn") : Cost.None))));
}
