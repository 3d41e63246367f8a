using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Layers;

/// <summary>Takes parts of a network out of training.</summary>
public static class Freeze
{
    /// <summary>Parameters get no gradient; batch norms run on running statistics from then on.</summary>
    /// <param name="modules">The parts.</param>
    public static void Parameters(params ReadOnlySpan<nn.Module> modules)
    {
        foreach (var module in modules)
        {
            foreach (var parameter in module.parameters())
            {
                parameter.requires_grad = false;
            }
        }
    }
}
