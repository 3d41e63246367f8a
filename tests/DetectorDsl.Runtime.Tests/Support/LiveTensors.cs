using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>Checks that nothing but results stays alive, by the library's own count for this thread.</summary>
internal static class LiveTensors
{
    private static long Count => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>Without a scope around it, an operation leaves its results and nothing else.</summary>
    public static void OnlyResultsStay(string what, Func<IEnumerable<Tensor>> operation)
    {
        // Once beforehand: libraries may keep something of their first use.
        foreach (var result in operation())
        {
            result.Dispose();
        }

        var before = Count;
        Tensor[] results = [.. operation()];
        Assert.True(Count == before + results.Length, $"{what}: {Count - before - results.Length} tensors too many stay alive");
        foreach (var result in results)
        {
            result.Dispose();
        }

        Assert.True(Count == before, $"{what}: {Count - before} tensors outlive the results");
    }

    /// <summary>A scope around forward and backward frees everything.</summary>
    public static void NothingStays(string what, Action step)
    {
        var before = Count;
        for (var round = 0; round < 2; round++)
        {
            using (NewDisposeScope())
            {
                step();
            }

            Assert.True(Count == before, $"{what}: {Count - before} tensors outlive the scope");
        }
    }
}
