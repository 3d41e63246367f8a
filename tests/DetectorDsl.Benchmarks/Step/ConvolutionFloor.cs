using System.Diagnostics;
using DetectorDsl.Torch.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks.Step;

/// <summary>
/// The least that a step can take: its convolutions and matrix products alone, forward and backward, one after another, in the precision and memory
/// layout in which the step itself called them.
/// </summary>
internal sealed class ConvolutionFloor : IDisposable
{
    private readonly List<Call> calls = [];
    private bool recording = true;

    /// <summary>Listens to a model; the calls of its first step are kept.</summary>
    /// <param name="model">The model.</param>
    public ConvolutionFloor(nn.Module model)
    {
        foreach (var (_, module) in model.named_modules())
        {
            if (module is Convolution2d or Conv2d or ConvTranspose2d or Linear && module is nn.Module<Tensor, Tensor> layer)
            {
                layer.register_forward_hook(Keep);
            }
        }
    }

    /// <summary>Ends the recording.</summary>
    public void Close() => recording = false;

    /// <summary>Runs all calls once.</summary>
    /// <returns>Milliseconds of the forward and of the backward passes.</returns>
    public (double Forward, double Backward) Run()
    {
        var (forward, backward) = (new Stopwatch(), new Stopwatch());
        foreach (var call in calls)
        {
            call.Run(forward, backward);
        }

        return (forward.Elapsed.TotalMilliseconds, backward.Elapsed.TotalMilliseconds);
    }

    /// <inheritdoc />
    public void Dispose() => calls.ForEach(call => call.Dispose());

    private Tensor Keep(nn.Module<Tensor, Tensor> layer, Tensor input, Tensor output)
    {
        if (recording)
        {
            calls.Add(new Call(layer, input.detach().clone().DetachFromDisposeScope(), input.requires_grad));
        }

        return output;
    }

    private sealed class Call(nn.Module<Tensor, Tensor> layer, Tensor input, bool passesGradient) : IDisposable
    {
        private readonly bool trains = layer.parameters().Any(parameter => parameter.requires_grad);

        public void Run(Stopwatch forward, Stopwatch backward)
        {
            using var scope = NewDisposeScope();
            var marked = input.detach().requires_grad_(passesGradient);
            forward.Start();
            var output = layer.call(marked);
            forward.Stop();
            if (passesGradient || trains)
            {
                var ones = ones_like(output);
                backward.Start();
                output.backward([ones]);
                backward.Stop();
            }

            layer.zero_grad();
        }

        public void Dispose() => input.Dispose();
    }
}
