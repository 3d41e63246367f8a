using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Cosine classifier: z = T x / (|x|^power + eps) . w / (|w|^power + eps) + b.</summary>
/// <remarks>Source: Seesaw Loss (Wang et al. 2021), section 3.2; mmdetection, normed_predictor.py. Names: <c>weight</c> (out x in, stored as learnt), <c>bias</c>.</remarks>
public sealed class NormalizedLinear : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly double temperature;
    private readonly double power;
    private readonly double epsilon;

    /// <summary>Weights from N(0, 0.01).</summary>
    /// <param name="inFeatures">Inputs.</param>
    /// <param name="outFeatures">Outputs.</param>
    /// <param name="temperature">T.</param>
    /// <param name="power">Exponent of the norms.</param>
    /// <param name="epsilon">Added to the norms.</param>
    /// <param name="prior">Score that sigmoids of the outputs start from; null for bias 0.</param>
    public NormalizedLinear(
        int inFeatures,
        int outFeatures,
        double temperature = 20,
        double power = 1,
        double epsilon = 1e-6,
        double? prior = null
    )
        : base(nameof(NormalizedLinear))
    {
        (this.temperature, this.power, this.epsilon) = (temperature, power, epsilon);
        weight = new Parameter(randn(outFeatures, inFeatures).mul_(Scalars.Of(0.01)));
        bias = new Parameter(full(outFeatures, Scalars.Of(Initialize.Bias(prior))));
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">R x in.</param>
    /// <returns>R x out.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var w = Unit.Of(weight, [1], power, epsilon);
        var x = Unit.Of(input, [1], power, epsilon).mul(Scalars.Of(temperature));
        return nn.functional.linear(x, w, bias).MoveToOuterDisposeScope();
    }
}
