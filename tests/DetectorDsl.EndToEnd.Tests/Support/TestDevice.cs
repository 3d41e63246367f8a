using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>Where the tests train.</summary>
internal static class TestDevice
{
    private const string Variable = "DETECTORDSL_DEVICE";

    /// <summary>The CPU, unless DETECTORDSL_DEVICE is <c>cuda</c>.</summary>
    public static Device Usual =>
        Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" or "cpu" => CPU,
            "cuda" => CUDA,
            var other => throw new InvalidOperationException($"{Variable} is '{other}'; it can be cpu or cuda."),
        };
}
