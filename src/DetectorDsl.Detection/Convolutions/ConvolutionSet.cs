using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DetectorDsl.Detection.Preparation;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Convolutions;

/// <summary>The convolutions of a network, as far as it matters whether a machine survives them.</summary>
/// <param name="Kernels">Shapes of their weights, each once, in order; then the size of the images.</param>
/// <param name="IsLarge">Whether the network is full-sized.</param>
internal sealed record ConvolutionSet(string Kernels, bool IsLarge)
{
    // A full-sized network has a pointwise convolution of so many weights (256 to 256 channels); none smaller was seen to fail.
    private const long LargePointwise = 256 * 256;

    /// <summary>Those of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="preparation">Size of its images.</param>
    public static ConvolutionSet Of(nn.Module model, ImagePreparation preparation)
    {
        long[][] shapes = [.. model.named_parameters().Select(item => item.parameter.shape).Where(shape => shape.Length == 4)];
        var kernels = shapes.Select(shape => string.Join('x', shape)).Distinct().Order(StringComparer.Ordinal);
        return new ConvolutionSet(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(' ', kernels)} at {preparation.ShortSide}x{preparation.LongSide}/{preparation.PadTo}"
            ),
            shapes.Any(shape => shape is [var outputs, var inputs, 1, 1] && outputs * inputs >= LargePointwise)
        );
    }

    /// <summary>What an answer about these convolutions holds for: this machine's processor, the library, the threads and the convolutions.</summary>
    public string KeyOn(string processor) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{processor}\n{__version__}\n{get_num_threads()} threads\n{Kernels}")
                )
            )
        );
}
