using DetectorDsl.Detection.Preparation;
using DetectorDsl.Torch.Convolutions;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Convolutions;

/// <summary>Chooses how this process computes convolutions, before a model computes its first one.</summary>
public static class ConvolutionChoice
{
    private static readonly Dictionary<string, ConvolutionForm> Made = [];

    /// <summary>Tries convolutions in a process of its own; null in a program that holds a detector inside, where nothing is started.</summary>
    internal static IConvolutionProbe? Probe { get; set; }

    /// <summary>
    /// Makes the choice for a model. On the CPU a full-sized network is computed as it is known to run on this machine; where that is not known, a trainer's
    /// executable tries it in a process of its own, once, and any other program takes the form that is safe.
    /// </summary>
    /// <param name="detector">Name of the declaration.</param>
    /// <param name="model">The model.</param>
    /// <param name="preparation">Size of its images.</param>
    /// <param name="device">Where it computes.</param>
    public static void Make(string detector, nn.Module model, ImagePreparation preparation, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(preparation);
        ArgumentNullException.ThrowIfNull(device);
        if (ConvolutionForm.Forced is { } forced)
        {
            ConvolutionForm.Enter(forced);
            return;
        }

        if (device.type != DeviceType.CPU || ConvolutionSet.Of(model, preparation) is not { IsLarge: true } convolutions)
        {
            return;
        }

        lock (Made)
        {
            var key = convolutions.KeyOn(Processor.Description);
            if (!Made.TryGetValue(key, out var form))
            {
                form = Made[key] = Find(key, detector, preparation);
                if (form != ConvolutionForm.Library)
                {
                    Probe?.Tell(detector, form);
                }
            }

            ConvolutionForm.Enter(form);
        }
    }

    private static ConvolutionForm Find(string key, string detector, ImagePreparation preparation)
    {
        if (ConvolutionAnswers.Find(key) is { } known)
        {
            return known;
        }

        if (Probe?.FirstThatRuns(detector, preparation.ShortSide, preparation.LongSide) is not { } found)
        {
            return ConvolutionForm.Products;
        }

        ConvolutionAnswers.Keep(key, found);
        return found;
    }
}
