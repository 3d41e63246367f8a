using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>One learnt factor, at first 1, under the name <c>scale</c>.</summary>
/// <remarks>Source: FCOS, section 3.2; mmdetection's Scale layer.</remarks>
public sealed class LearnedScale : nn.Module<Tensor, Tensor>
{
    private readonly Parameter scale;

    /// <summary>Begins at 1.</summary>
    public LearnedScale()
        : base(nameof(LearnedScale))
    {
        scale = new Parameter(ones([]));
        RegisterComponents();
    }

    /// <summary>A factor for each level of a pyramid.</summary>
    /// <param name="count">Levels.</param>
    /// <returns>The list.</returns>
    public static ModuleList<LearnedScale> List(int count) =>
        nn.ModuleList([.. Enumerable.Range(0, count).Select(_ => new LearnedScale())]);

    /// <summary>Multiplies.</summary>
    /// <param name="input">Any shape.</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input) => input * scale;
}
