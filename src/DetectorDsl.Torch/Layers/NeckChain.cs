using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Layers;

/// <summary>Two necks, of which the second refines what the first yields. Names: <c>0</c>, <c>1</c>, as in mmdetection's list of necks.</summary>
public sealed class NeckChain : nn.Module<Tensor[], Tensor[]>
{
    private readonly nn.Module<Tensor[], Tensor[]> first;
    private readonly nn.Module<Tensor[], Tensor[]> second;

    /// <summary>Puts one behind the other.</summary>
    /// <param name="first">Takes the backbone's maps.</param>
    /// <param name="second">Takes the first one's levels.</param>
    public NeckChain(nn.Module<Tensor[], Tensor[]> first, nn.Module<Tensor[], Tensor[]> second)
        : base(nameof(NeckChain))
    {
        register_module("0", this.first = first);
        register_module("1", this.second = second);
    }

    /// <summary>Applies both.</summary>
    /// <param name="maps">The backbone's maps, finest first.</param>
    /// <returns>The pyramid, finest level first.</returns>
    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        return [.. second.call(first.call(maps)).Select(static level => level.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc />
    protected override void RegisterComponents() { }
}
