using DetectorDsl.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Batch normalisation over N, H and W of N x C x H x W (Ioffe and Szegedy 2015).</summary>
/// <remarks>Names: <c>weight</c>, <c>bias</c>, <c>running_mean</c>, <c>running_var</c>, <c>num_batches_tracked</c>.</remarks>
public sealed class BatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;
    private readonly BatchNormMode mode;
    private readonly double epsilon;
    private readonly double momentum;

    /// <summary>Scale 1, shift 0, running mean 0, running variance 1.</summary>
    /// <param name="channels">C.</param>
    /// <param name="mode">What is used and learnt during training.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">Weight of the newest batch in the running statistics.</param>
    public BatchNorm(int channels, BatchNormMode mode = BatchNormMode.Train, double epsilon = 1e-5, double momentum = 0.1)
        : base(nameof(BatchNorm))
    {
        (this.mode, this.epsilon, this.momentum) = (mode, epsilon, momentum);
        weight = new Parameter(ones(channels), mode != BatchNormMode.Frozen);
        bias = new Parameter(zeros(channels), mode != BatchNormMode.Frozen);
        running_mean = zeros(channels);
        running_var = ones(channels);
        num_batches_tracked = zeros([], dtype: ScalarType.Int64);
        RegisterComponents();
    }

    /// <summary>Normalises.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <returns>N x C x H x W.</returns>
    public override Tensor forward(Tensor input)
    {
        var onBatch = training && mode == BatchNormMode.Train && weight.requires_grad;
        if (onBatch)
        {
            using var untracked = no_grad();
            num_batches_tracked.add_(Scalars.Of(1), Scalars.Of(1));
        }

        return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, onBatch, momentum, epsilon);
    }
}
