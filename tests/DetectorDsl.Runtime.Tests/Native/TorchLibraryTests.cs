using DetectorDsl.Native;
using TorchSharp;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Native;

public sealed class TorchLibraryTests
{
    [Fact]
    public void TorchRunsOnThisSystem()
    {
        TorchLibrary.EnsureLoaded();
        using var sum = torch.ones(3).sum();
        Assert.Equal(3f, sum.item<float>());
    }
}
