using DetectorDsl.Runtime.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Gpu;

/// <summary>The same on the CPU and on a GPU.</summary>
internal static class BothDevices
{
    /// <summary>Skips the test where no CUDA device can be used.</summary>
    public static void Need() =>
        Skip.IfNot(
            cuda_is_available(),
            "No CUDA device: a build with -p:TorchBackend=cuda on a machine with an NVIDIA card runs this test."
        );

    /// <summary>Results and gradients are the same.</summary>
    /// <param name="what">Names the case.</param>
    /// <param name="compute">Computes on the device of its inputs.</param>
    /// <param name="tolerance">Absolute, and relative to the CPU's number.</param>
    /// <param name="inputs">On the CPU; all have a gradient.</param>
    public static void Agree(string what, Func<Tensor[], Tensor> compute, double tolerance, params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var (expected, expectedGradients) = Run(CPU, compute, inputs);
        var (actual, gradients) = Run(CUDA, compute, inputs);
        Assert.Equal(DeviceType.CUDA, actual.device_type);
        Expect.Close(expected, actual, tolerance, tolerance, what);
        for (var i = 0; i < inputs.Length; i++)
        {
            Expect.Close(expectedGradients[i], gradients[i], tolerance, tolerance, $"{what}, gradient of input {i}");
        }
    }

    private static (Tensor Result, Tensor[] Gradients) Run(Device device, Func<Tensor[], Tensor> compute, Tensor[] inputs)
    {
        Tensor[] moved = [.. inputs.Select(input => input.detach().to(device, copy: true).requires_grad_())];
        var result = compute(moved);
        using var weights = Filling.Fill(77, result.shape, -1, 1, result.dtype).to(device);
        (result * weights).sum().backward();
        return (result, [.. moved.Select(input => input.grad!)]);
    }
}
