using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>How tensors lie in memory.</summary>
internal static class MemoryOrder
{
    /// <summary>The same map, N x C x H x W, with the channels of a pixel side by side, as maps lie in a detector.</summary>
    public static Tensor ChannelsLast(Tensor map) => map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
