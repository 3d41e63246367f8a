using System.Collections.Immutable;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

/// <summary>Whatever happens to a checkpoint's bytes is noticed before anything of it is used.</summary>
public sealed class CheckpointProofTests : IDisposable
{
    private const string FlipsVariable = "DETECTORDSL_FLIPS";

    private static readonly CheckpointPosition Position = new(42, 2.5, 3, 12.5, 16, 2, "abc")
    {
        Annotations = "def",
        Logged = "3 0.5 0.25",
    };

    private readonly TemporaryFolder folder = new();
    private readonly string path;
    private readonly byte[] whole;

    public CheckpointProofTests()
    {
        DetectorDsl.Native.TorchLibrary.EnsureLoaded();
        path = folder.File("c.safetensors");
        using var model = new LinearDetector();
        using var optimizer = Workshop.AdamW(model);
        var identity = Workshop.Identity with
        {
            Categories = ["a \"quoted\", one", "ä 猫"],
            Configuration = """{"checksum":"0000","Depth":"\u00fc"}""",
        };
        Checkpoint.Save(path, model, optimizer, identity, Position);
        whole = File.ReadAllBytes(path);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>300 bits drawn by a seed; DETECTORDSL_FLIPS says how many else.</summary>
    [Fact]
    public void EveryFlippedBitIsNoticed()
    {
        Use();
        var count = int.TryParse(Environment.GetEnvironmentVariable(FlipsVariable), out var wanted) ? wanted : 300;
        var random = new Random(7);
        for (var flip = 0; flip < count; flip++)
        {
            var (place, bit) = (random.Next(whole.Length), random.Next(8));
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= (byte)(1 << bit);
            File.WriteAllBytes(path, damaged);
            Assert.True(Record.Exception(Use) is WeightsException, $"bit {bit} of byte {place} of {whole.Length}");
        }
    }

    [Fact]
    public void CutGrownAndZeroedFilesAreRefused()
    {
        var values = 8 + (int)BitConverter.ToInt64(whole);
        byte[][] damaged =
        [
            [],
            whole[..5],
            whole[..^1],
            whole[..(whole.Length / 2)],
            [.. whole, 0],
            [.. whole, .. whole],
            [.. whole[..values], .. new byte[32], .. whole[(values + 32)..]],
        ];
        foreach (var bytes in damaged)
        {
            File.WriteAllBytes(path, bytes);
            Assert.StartsWith(path, Assert.Throws<WeightsException>(Use).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AChecksumThatIsTakenOut_IsMissed()
    {
        Rewrite(metadata => metadata);
        Assert.Contains("has a checksum, and it has none", Assert.Throws<WeightsException>(Use).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step", "-4", "'step' is '-4'")]
    [InlineData("step", "41", "'step' is '41'")]
    [InlineData("step", "1e3", "'step' is '1e3'")]
    [InlineData("step", "9999999999999999999999", "'step' is")]
    [InlineData("epoch", "NaN", "'epoch' is 'NaN'")]
    [InlineData("epochs", "-1", "'epochs' is '-1'")]
    [InlineData("epochs", "Infinity", "'epochs' is 'Infinity'")]
    [InlineData("batch_size", "0", "'batch_size' is '0'")]
    [InlineData("accumulation_steps", "0", "'accumulation_steps' is '0'")]
    public void APositionThatNoRunHas_IsNamed(string key, string value, string reason)
    {
        // As the first format had it: without a checksum.
        Rewrite(metadata => metadata.Remove("checkpoint_format").SetItem(key, value));
        Assert.Contains(reason, Assert.Throws<WeightsException>(() => Checkpoint.ReadInfo(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALaterFormatIsRefused()
    {
        Rewrite(metadata => metadata.Remove("step").SetItem("checkpoint_format", "3"));
        Assert.Contains(
            "format 3; this version knows formats up to 2",
            Assert.Throws<WeightsException>(() => Checkpoint.ReadInfo(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void WhatIsTakenFromOneOpeningIsOfOneState_WhateverReplacesTheFile()
    {
        using var file = WeightsFile.Open(path);
        var source = new WeightsSource(path) { Opened = file };
        using (var other = new LinearDetector())
        {
            Checkpoint.Save(path, other, null, Workshop.Identity, Position with { Step = 50 });
        }

        using var model = new LinearDetector();
        using var optimizer = Workshop.AdamW(model);
        Assert.Equal(42, Checkpoint.ReadInfo(source).Position!.Step);
        Checkpoint.LoadOptimizer(source, optimizer);
        Checkpoint.LoadWeights(source, model, ModelNames.None, expected: null);
        File.WriteAllBytes(path, whole);
        using var again = new LinearDetector();
        Checkpoint.LoadWeights(path, again, expected: null);
        Assert.All(model.parameters().Zip(again.parameters()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    // As whoever resumes does.
    private void Use()
    {
        using var model = new LinearDetector();
        using var optimizer = Workshop.AdamW(model);
        using var file = WeightsFile.Open(path);
        var source = new WeightsSource(path) { Opened = file };
        Assert.Equal(Position, Checkpoint.ReadInfo(source).Position);
        Checkpoint.LoadWeights(source, model, ModelNames.None, expected: null);
        Checkpoint.LoadOptimizer(source, optimizer);
    }

    private void Rewrite(Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change)
    {
        using var scope = NewDisposeScope();
        List<KeyValuePair<string, Tensor>> tensors;
        ImmutableSortedDictionary<string, string> metadata;
        using (var file = WeightsFile.Open(path))
        {
            tensors = [.. file.TensorNames.Select(name => KeyValuePair.Create(name, file.Read(name)))];
            metadata = change(file.Metadata);
        }

        SafetensorsFile.Write(path, tensors, metadata);
    }
}
