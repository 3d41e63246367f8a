using DetectorDsl.Torch.Convolutions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>A convolution whose form the process chooses (<see cref="Convolve" />). Made by <see cref="Initialize" />. Names: <c>weight</c>, <c>bias</c>.</summary>
public sealed class Convolution2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] strides;
    private readonly long[] padding;
    private readonly long groups;

    /// <summary>Takes over a layer's parameters, so that first values are TorchSharp's own, to the bit.</summary>
    /// <param name="layer">The layer; of no use afterwards.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="padding">Zeros above and below, and left and right.</param>
    /// <param name="groups">Groups of channels that are convolved apart.</param>
    internal Convolution2d(Conv2d layer, long stride, (long Down, long Across) padding, long groups)
        : base(nameof(Convolution2d))
    {
        (strides, this.padding, this.groups) = ([stride, stride], [padding.Down, padding.Across], groups);
        (weight, bias) = (layer.weight!, layer.bias);
    }

    /// <summary>outChannels x inChannels/groups x kernel x kernel.</summary>
    public Parameter weight
    {
        get;
        private set => ConditionallyRegisterParameter(nameof(weight), field = value);
    }

    /// <summary>outChannels numbers; null where there is no bias.</summary>
    public Parameter? bias
    {
        get;
        private set => ConditionallyRegisterParameter(nameof(bias), field = value);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">N x inChannels x H x W.</param>
    /// <returns>N x outChannels x H' x W'.</returns>
    public override Tensor forward(Tensor input) => Convolve.Apply(input, weight, bias, strides, padding, groups: groups);

    // Registered as they are set. A change of device or precision finds the properties by their names, and sets them.
    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
