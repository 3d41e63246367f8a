using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Gradients against central differences in double precision.</summary>
internal static class Differences
{
    private const double Step = 1e-6;

    /// <summary>The gradient of a scalar by a tensor, from automatic differentiation.</summary>
    public static double[] Gradient(Func<Tensor, Tensor> scalar, double[] at, long[] shape)
    {
        using var scope = NewDisposeScope();
        var point = tensor(at, shape).requires_grad_();
        scalar(point).backward();
        return Expect.Values(point.grad!);
    }

    /// <summary>The same from values alone.</summary>
    public static double[] Central(Func<double[], double> scalar, double[] at)
    {
        var gradient = new double[at.Length];
        for (var i = 0; i < at.Length; i++)
        {
            var moved = (double[])at.Clone();
            moved[i] = at[i] + Step;
            var above = scalar(moved);
            moved[i] = at[i] - Step;
            gradient[i] = (above - scalar(moved)) / (2 * Step);
        }

        return gradient;
    }

    /// <summary>Both agree.</summary>
    public static void Check(Func<Tensor, Tensor> scalar, double[] at, long[] shape, string what)
    {
        var central = Central(
            values =>
            {
                using var scope = NewDisposeScope();
                return scalar(tensor(values, shape)).item<double>();
            },
            at
        );
        Expect.Close(central, Gradient(scalar, at, shape), 1e-7, 1e-6, what);
        Assert.Contains(central, value => value != 0);
    }
}
