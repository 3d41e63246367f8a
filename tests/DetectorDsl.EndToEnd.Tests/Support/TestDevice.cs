using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>Where the tests train.</summary>
internal static class TestDevice
{
    /// <summary>The CPU, unless DETECTORDSL_DEVICE is <c>cuda</c>.</summary>
    public static Device Usual { get; } = Environment.GetEnvironmentVariable("DETECTORDSL_DEVICE") == "cuda" ? CUDA : CPU;
}
