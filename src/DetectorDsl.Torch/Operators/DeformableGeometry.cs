using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>Sizes and steps of a deformable convolution.</summary>
/// <param name="Images">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Height">Rows of the map.</param>
/// <param name="Width">Columns of the map.</param>
/// <param name="Outputs">O.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="Stride">Pixels from output to output.</param>
/// <param name="Padding">Pixels of zeros around the map.</param>
/// <param name="Dilation">Pixels from tap to tap.</param>
/// <param name="Groups">Groups of channels that are convolved apart.</param>
/// <param name="OffsetGroups">Groups of channels that are sampled at places of their own.</param>
internal sealed record DeformableGeometry(
    int Images,
    int Channels,
    int Height,
    int Width,
    int Outputs,
    int KernelHeight,
    int KernelWidth,
    int Stride,
    int Padding,
    int Dilation,
    int Groups,
    int OffsetGroups
)
{
    /// <summary>Taps of the kernel.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Rows of the output.</summary>
    public int OutputHeight => Length(Height, KernelHeight);

    /// <summary>Columns of the output.</summary>
    public int OutputWidth => Length(Width, KernelWidth);

    /// <summary>Places of the output of one image.</summary>
    public int Places => OutputHeight * OutputWidth;

    /// <summary>Samples of one place: taps x channels.</summary>
    public int Samples => Taps * Channels;

    /// <summary>Channels that share their places.</summary>
    public int ChannelsPerOffset => Channels / OffsetGroups;

    /// <summary>Reads and checks the shapes.</summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit each other; the message names the tensor and what it should be.</exception>
    public static DeformableGeometry Of(
        Tensor input,
        Tensor offset,
        Tensor? mask,
        Tensor weight,
        Tensor? bias,
        int stride,
        int padding,
        int dilation,
        int groups,
        int offsetGroups
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(padding, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(offsetGroups, 1);
        Require(input.dim() == 4, input, "input", "N x C x H x W");
        Require(
            weight.dim() == 4 && weight.shape[0] % groups == 0 && weight.shape[1] * groups == input.shape[1],
            weight,
            "weight",
            $"O x {input.shape[1]} / {groups} x kernel, O a multiple of {groups}"
        );
        Require(input.shape[1] % offsetGroups == 0, input, "input", $"channels in a multiple of the {offsetGroups} offset groups");
        var geometry = new DeformableGeometry(
            (int)input.shape[0],
            (int)input.shape[1],
            (int)input.shape[2],
            (int)input.shape[3],
            (int)weight.shape[0],
            (int)weight.shape[2],
            (int)weight.shape[3],
            stride,
            padding,
            dilation,
            groups,
            offsetGroups
        );
        Require(geometry.OutputHeight > 0 && geometry.OutputWidth > 0, input, "input", "at least as large as the kernel");
        RequirePlaces(offset, "offset", 2, geometry);
        if (mask is not null)
        {
            RequirePlaces(mask, "mask", 1, geometry);
        }

        Require(bias is null || (bias.dim() == 1 && bias.shape[0] == geometry.Outputs), bias ?? weight, "bias", $"[{geometry.Outputs}]");
        foreach (var (other, name) in new[] { (offset, "offset"), (mask ?? input, "mask"), (weight, "weight"), (bias ?? input, "bias") })
        {
            Require(other.dtype == input.dtype, other, name, $"{input.dtype} as the input is");
        }

        return geometry;
    }

    private int Length(int size, int kernel) => Math.Max(0, ((size + (2 * Padding) - (Dilation * (kernel - 1)) - 1) / Stride) + 1);

    private static void RequirePlaces(Tensor tensor, string name, int numbers, DeformableGeometry geometry)
    {
        long[] expected =
        [
            geometry.Images,
            (long)numbers * geometry.OffsetGroups * geometry.Taps,
            geometry.OutputHeight,
            geometry.OutputWidth,
        ];
        Require(tensor.shape.AsSpan().SequenceEqual(expected), tensor, name, $"[{string.Join(", ", expected)}]");
    }

    private static void Require(bool holds, Tensor tensor, string name, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(
                $"A deformable convolution takes as {name} {expected}; it is {tensor.dtype} [{string.Join(", ", tensor.shape)}].",
                name
            );
        }
    }
}
