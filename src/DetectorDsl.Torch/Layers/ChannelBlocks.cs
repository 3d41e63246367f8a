using DetectorDsl.Native;

namespace DetectorDsl.Torch.Layers;

/// <summary>Numbers of channels that oneDNN computes rightly.</summary>
/// <remarks>
/// oneDNN 3.7.1, which libtorch 2.10 brings along, packs channels into blocks of 16 (AVX-512) or 8 (AVX2) and does not clear the rest of the last
/// block: single-precision convolutions of more than 1 x 1 then add up whatever lay in that memory, and outputs or gradients differ from run to run
/// or are NaN. Measured against double precision: wrong forward for inputs above 16 that are no multiple, wrong gradient of the input for outputs
/// that are no multiple, and for strides above 1 where the inputs are an odd multiple of 16 above 16. Published networks have none of these.
/// </remarks>
internal static class ChannelBlocks
{
    private const int Block = 16;
    private const int Colours = 3;

    /// <summary>Whether oneDNN can be trusted with a convolution. Images take no gradient, and three channels are read as they lie.</summary>
    public static bool AreFull(int inChannels, int outChannels, int kernel, int stride) =>
        kernel == 1
        || (
            outChannels % Block == 0
            && (inChannels == Colours || inChannels % Block == 0)
            && (stride == 1 || inChannels <= Block || inChannels % (2 * Block) == 0)
        );

    /// <summary>Channels that fill up the last block.</summary>
    public static int Missing(int channels) => (Block - (channels % Block)) % Block;

    /// <summary>Switches oneDNN off for the process once a convolution is made that it would compute wrongly.</summary>
    public static void Check(int inChannels, int outChannels, int kernel, int stride)
    {
        if (!AreFull(inChannels, outChannels, kernel, stride))
        {
            ConvolutionLibraries.DisableOneDnn();
        }
    }
}
