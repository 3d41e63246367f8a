using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights.PyTorch;

/// <summary>Files of the structure that <c>torch.save</c> gives them, written by Python's pickle (Fixtures/make_fixtures.py).</summary>
public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("checkpoint.pth")]
    [InlineData("parallel.pt")]
    [InlineData("legacy.pth")]
    public void TensorsAreThoseThatWereSaved(string name)
    {
        using var scope = NewDisposeScope();
        var file = WeightsFile.Open(Fixture(name));
        Assert.Equal(["bn.num_batches_tracked", "conv.turned", "conv.weight", "half", "none"], file.TensorNames);
        Check("conv.weight", ScalarType.Float32, [2, 3], [-1.5, 2, 3.25, 4, 5, 6]);
        Check("conv.turned", ScalarType.Float32, [3, 2], [-1.5, 4, 2, 5, 3.25, 6]);
        Check("bn.num_batches_tracked", ScalarType.Int64, [], [7]);
        Check("half", ScalarType.Float16, [2], [1, -0.5]);
        Check("none", ScalarType.Float32, [0, 4], []);

        void Check(string tensor, ScalarType type, long[] shape, double[] values)
        {
            var (stated, axes) = file.Describe(tensor);
            var read = file.Read(tensor);
            Assert.Equal((type, type), (stated, read.dtype));
            Assert.Equal(shape, axes);
            Assert.Equal(shape, read.shape);
            Assert.Equal(values, Expect.Values(read.to(ScalarType.Float64)));
        }
    }

    [Fact]
    public void AModuleTakesThemOver()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(3, 2);
        var report = StateDict.Load(layer, WeightsFile.Open(Fixture("checkpoint.pth")), "conv.");
        Assert.Equal(["weight"], report.Loaded);
        Assert.Equal(["bias"], report.Missing);
        Assert.Equal([-1.5f, 2, 3.25f, 4, 5, 6], layer.weight!.data<float>().ToArray());
    }

    [Fact]
    public void WhatNoStateDictNeeds_IsRefusedByName()
    {
        var path = Fixture("evil.pth");
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("'posix.system'", message, StringComparison.Ordinal);
        Assert.Contains("nothing was run", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint.pth")]
    [InlineData("legacy.pth")]
    public void FileCutOffAnywhere_IsRefused(string name)
    {
        var whole = File.ReadAllBytes(Fixture(name));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.File("cut.pth");
            File.WriteAllBytes(path, whole[..length]);
            Assert.StartsWith(path, Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("checkpoint.pth", 1500)]
    [InlineData("legacy.pth", 3000)]
    public void FlippedBytes_GiveAnErrorOrAnAnswer(string name, uint samples)
    {
        var whole = File.ReadAllBytes(Fixture(name));
        var path = folder.File("flipped.pth");
        var (refused, read) = (0, 0);
        for (var sample = 0u; sample < samples; sample++)
        {
            var damaged = (byte[])whole.Clone();
            for (var change = 0u; change < 1 + (sample % 2); change++)
            {
                damaged[(int)(Filling.Unit(5, (8 * sample) + (2 * change)) * whole.Length)] ^= (byte)(
                    1 + (Filling.Unit(5, (8 * sample) + (2 * change) + 1) * 255)
                );
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                using var scope = NewDisposeScope();
                var file = WeightsFile.Open(path);
                foreach (var tensor in file.TensorNames)
                {
                    Assert.InRange(file.Read(tensor).numel(), 0, whole.Length);
                }

                read++;
            }
            catch (WeightsException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0 && read > 0, $"{refused} refused, {read} read");
    }

    [Fact]
    public void AnArchiveOfAnotherKind_IsRefused()
    {
        var path = folder.File("other.zip");
        using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
        {
            archive.CreateEntry("readme.txt");
        }

        Assert.Contains("no data.pkl", Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SafetensorsAreStillRead()
    {
        using var scope = NewDisposeScope();
        var path = folder.File("w.pth");
        SafetensorsFile.Write(path, [KeyValuePair.Create("w", ones(2))], new Dictionary<string, string>());
        Assert.IsType<SafetensorsFile>(WeightsFile.Open(path));
        Assert.Equal((ScalarType.Float32, 2), (WeightsFile.Open(path).Describe("w").Type, WeightsFile.Open(path).Describe("w").Shape[0]));
    }

    // As PyTorch writes archives: sizes and places in the 64-bit extension.
    [Fact]
    public void ArchivesOf64Bits_AreRead()
    {
        using var scope = NewDisposeScope();
        var path = folder.File("large.pth");
        File.WriteAllBytes(path, Zip64.Of(File.ReadAllBytes(Fixture("checkpoint.pth"))));
        var (one, other) = (WeightsFile.Open(path), WeightsFile.Open(Fixture("checkpoint.pth")));
        Assert.Equal(other.TensorNames, one.TensorNames);
        Assert.All(one.TensorNames, name =>
            Assert.Equal(Expect.Values(other.Read(name).to(ScalarType.Float64)), Expect.Values(one.Read(name).to(ScalarType.Float64)))
        );
    }

    [Fact]
    public void CompressedEntries_AreRefused()
    {
        var path = folder.File("packed.pth");
        using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("archive/data.pkl").Open();
            entry.Write(new byte[1000]);
        }

        Assert.Contains(
            "'archive/data.pkl' is compressed",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ManyTensorsOfOneStorage_AreRefused()
    {
        var path = folder.File("tied.pth");
        File.WriteAllBytes(path, TiedStorage.Of(numbers: 1000, tensors: 100));
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("share one storage", message, StringComparison.Ordinal);
        File.WriteAllBytes(path, TiedStorage.Of(numbers: 1000, tensors: 2));
        Assert.Equal(2, WeightsFile.Open(path).TensorNames.Count());
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Weights", "PyTorch", "Fixtures", name);
}
