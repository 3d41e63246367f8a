using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Weights;

/// <summary>A safetensors file is known by its beginning, also where the length of its header looks like a pickle's first bytes.</summary>
public sealed class HeaderLengthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0x0280)]
    [InlineData(0x0480)]
    [InlineData(0x030480)]
    public void AHeaderOfEveryLengthIsRead(int length)
    {
        var header = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""".PadRight(length);
        File.WriteAllBytes(
            folder.File("w"),
            [.. BitConverter.GetBytes((long)length), .. System.Text.Encoding.ASCII.GetBytes(header), .. new byte[8]]
        );
        using var file = WeightsFile.Open(folder.File("w"));
        Assert.Equal(["w"], file.TensorNames);
    }
}
