using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Weights;

public sealed class DamagedWeightsTests : IDisposable
{
    private const string Header =
        """{"__metadata__":{"step":"3"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b.bias":{"dtype":"I64","shape":[1],"data_offsets":[24,32]}} """;

    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public DamagedWeightsTests() => path = folder.File("weights.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FileCutOffAnywhere_IsRefused()
    {
        var whole = SafetensorsText.Of(Header, 32);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.StartsWith(path, Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(path, whole);
        Assert.Equal(2, ReadAll());
    }

    // Every byte of header and length, some values each, and a fixed sample of pairs of bytes.
    [Fact]
    public void FlippedBytes_GiveAnErrorOrAnAnswer()
    {
        var whole = SafetensorsText.Of(Header, 32);
        var (refused, read) = (0, 0);
        var end = whole.Length - 32;
        for (var at = 0; at < end; at++)
        {
            foreach (var flip in new byte[] { 0x01, 0x02, 0x10, 0x80, 0xff })
            {
                Try(whole, (at, flip));
            }
        }

        for (var sample = 0u; sample < 1000; sample++)
        {
            int At(uint k) => (int)(Filling.Unit(77, (4 * sample) + k) * end);
            byte Flip(uint k) => (byte)(1 + (Filling.Unit(77, (4 * sample) + k) * 255));
            Try(whole, (At(0), Flip(1)), (At(2), Flip(3)));
        }

        // Most changes are noticed; those of a name, or of a free text, need not be.
        Assert.True(refused > read && read > 0, $"{refused} refused, {read} read");

        void Try(byte[] original, params (int At, byte Flip)[] changes)
        {
            var damaged = (byte[])original.Clone();
            foreach (var (at, flip) in changes)
            {
                damaged[at] ^= flip;
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                ReadAll();
                read++;
            }
            catch (WeightsException)
            {
                refused++;
            }
        }
    }

    private int ReadAll()
    {
        var file = SafetensorsFile.Open(path);
        foreach (var name in file.TensorNames)
        {
            file.Read(name).Dispose();
        }

        return file.TensorNames.Count();
    }
}
