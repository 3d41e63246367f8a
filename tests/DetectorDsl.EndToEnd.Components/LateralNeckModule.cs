using DetectorDsl.Torch.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>Does the work of <see cref="LateralNeck" />.</summary>
public sealed class LateralNeckModule : Module<Tensor[], Tensor[]>
{
    private readonly ModuleList<Convolution2d> laterals;

    /// <summary>Fresh weights from torch's generator.</summary>
    /// <param name="inputChannels">Channels of the backbone's maps.</param>
    /// <param name="inputStrides">Their strides, one per map.</param>
    /// <param name="channels">Channels of every level.</param>
    public LateralNeckModule(int[] inputChannels, int[] inputStrides, int channels)
        : base(nameof(LateralNeckModule))
    {
        if (inputChannels.Length != inputStrides.Length)
        {
            throw new ArgumentException($"{inputChannels.Length} channel counts for {inputStrides.Length} strides.", nameof(inputStrides));
        }

        register_module(
            "laterals",
            laterals = ModuleList<Convolution2d>([.. inputChannels.Select(count => Initialize.XavierConvolution(count, channels, 1))])
        );
    }

    /// <summary>Brings every map to the same number of channels.</summary>
    /// <param name="maps">The backbone's maps.</param>
    /// <returns>One level per map.</returns>
    public override Tensor[] forward(Tensor[] maps) => [.. maps.Select((map, level) => laterals[level].call(map))];

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
