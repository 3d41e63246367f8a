using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>A forward and a backward pass.</summary>
internal static class Backward
{
    /// <summary>Runs an operator and propagates ones through it to what was marked, then forgets the gradients.</summary>
    public static void Run(Func<Tensor> forward, params Tensor[] marked)
    {
        using var scope = NewDisposeScope();
        var output = forward();
        output.backward([ones_like(output)]);
        foreach (var tensor in marked)
        {
            tensor.grad = null;
        }
    }
}
