using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using DetectorDsl.Weights.PyTorch;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights.PyTorch;

/// <summary>Pickles of numpy arrays, as detectron2's model files are, written by Python's pickle (Fixtures/make_fixtures.py).</summary>
public sealed class NumpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("arrays3.pkl")]
    [InlineData("arrays4.pkl")]
    public void ArraysAreThoseThatWereSaved(string name)
    {
        using var scope = NewDisposeScope();
        var file = Assert.IsType<NumpyFile>(WeightsFile.Open(Fixture(name)));
        Assert.Equal(["bn.num_batches_tracked", "conv.turned", "conv.weight", "none"], file.TensorNames);
        Check("conv.weight", ScalarType.Float32, [2, 3], [-1.5, 2, 3.25, 4, 5, 6]);
        Check("bn.num_batches_tracked", ScalarType.Int64, [], [7]);
        Check("none", ScalarType.Float32, [0, 4], []);

        // The first axis runs fastest: columns (-1.5, 2, 3.25) and (4, 5, 6), read by rows.
        Check("conv.turned", ScalarType.Float32, [3, 2], [-1.5, 4, 2, 5, 3.25, 6]);

        void Check(string array, ScalarType type, long[] shape, double[] values)
        {
            Assert.Equal(type, file.Describe(array).Type);
            Assert.Equal(shape, file.Describe(array).Shape);
            var target = zeros(shape);
            file.CopyTo(array, target);
            Assert.Equal(values, Expect.Values(target.to(ScalarType.Float64)));
            Assert.Equal(values, Expect.Values(file.Read(array).to(ScalarType.Float64)));
        }
    }

    // A list in the memo, and calls that would each copy it: a few bytes each, and without a bound any amount of memory.
    [Fact]
    public void CallsThatMultiplyAList_AreRefused()
    {
        List<byte> pickle = [0x80, 2, (byte)']', (byte)'q', 0, (byte)'(', .. Enumerable.Repeat((byte)'N', 1000), (byte)'e'];
        for (var call = 0; call < 1000; call++)
        {
            pickle.AddRange([.. "ccollections\nOrderedDict\n"u8, (byte)'h', 0, 0x85, (byte)'R', (byte)'0']);
        }

        pickle.Add((byte)'.');
        var path = folder.File("bomb.pkl");
        File.WriteAllBytes(path, [.. pickle]);
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
        Assert.Contains("one call too many", message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongNames_AreRefused()
    {
        var path = folder.File("name.pkl");
        File.WriteAllBytes(path, [0x80, 2, (byte)'c', .. Enumerable.Repeat((byte)'a', 300), (byte)'\n', (byte)'b', (byte)'\n', (byte)'.']);
        Assert.Contains(
            "a name of 301 characters",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void APickleWithoutArrays_IsRefused()
    {
        var path = folder.File("empty.pkl");
        File.WriteAllBytes(path, [0x80, 2, (byte)'}', (byte)'.']);
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("without arrays", message, StringComparison.Ordinal);
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Weights", "PyTorch", "Fixtures", name);
}
