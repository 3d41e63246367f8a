using System.Collections.Immutable;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

public sealed class CheckpointTests : IDisposable
{
    private static readonly CheckpointPosition Position = new(42, 1.0 / 3, long.MinValue + 1, 12.5, 16, 2, "abc");

    private readonly TemporaryFolder folder = new();

    public CheckpointTests() => DetectorDsl.Native.TorchLibrary.EnsureLoaded();

    [Fact]
    public void WhatACheckpointSaysOfItselfComesBack()
    {
        var identity = Workshop.Identity with
        {
            Categories = ["a \"quoted\", one", "ä 猫"],
            Options = ImmutableSortedDictionary<string, string>.Empty.Add("--learning-rate", "0.02"),
        };
        using var model = new LinearDetector();
        Checkpoint.Save(folder.File("c.safetensors"), model, null, identity, Position);
        var info = Checkpoint.ReadInfo(folder.File("c.safetensors"));
        Assert.Equal(Position, info.Position);
        Assert.Equal(
            (identity.Detector, identity.Configuration, identity.ConfigurationHash),
            (info.Identity.Detector, info.Identity.Configuration, info.Identity.ConfigurationHash)
        );
        Assert.Equal(identity.Categories.AsEnumerable(), info.Identity.Categories);
        Assert.Equal(identity.Options, info.Identity.Options);
    }

    [Fact]
    public void WeightsLieUnderTheirNamesAndTheOptimizersStateBeside()
    {
        using var model = new LinearDetector();
        using var optimizer = Workshop.Sgd(model);
        Checkpoint.Save(folder.File("c.safetensors"), model, optimizer, Workshop.Identity, null);
        Assert.Equal(
            ["boxes.bias", "boxes.weight", "optimizer.velocity.boxes.bias", "optimizer.velocity.boxes.weight"],
            SafetensorsFile.Open(folder.File("c.safetensors")).TensorNames
        );
        Assert.Null(Checkpoint.ReadInfo(folder.File("c.safetensors")).Position);
    }

    [Fact]
    public void LoadedWeightsAreTheSavedOnes()
    {
        using var saved = new LinearDetector();
        using var optimizer = Workshop.Sgd(saved);
        using var loaded = new LinearDetector();
        Checkpoint.Save(folder.File("c.safetensors"), saved, optimizer, Workshop.Identity, Position);
        var report = Checkpoint.LoadWeights(
            folder.File("c.safetensors"),
            loaded,
            Workshop.Identity with
            {
                ConfigurationHash = "another run's",
            }
        );
        Assert.True(report.IsComplete);
        Assert.Empty(report.Unexpected);
        Assert.All(saved.parameters().Zip(loaded.parameters()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    [Theory]
    [InlineData("its category 1 is 'blue, dark', Tiny has 'green'", "red", "green")]
    [InlineData("trained for 2 categories, Tiny has 3", "red", "blue, dark", "green")]
    public void OtherCategories_AreRefusedWhereTheyAreExpected(string reason, params string[] categories)
    {
        using var model = new LinearDetector();
        Checkpoint.Save(folder.File("c.safetensors"), model, null, Workshop.Identity, Position);
        var expected = Workshop.Identity with { Categories = [.. categories] };
        Assert.Contains(
            reason,
            Assert.Throws<WeightsException>(() => Checkpoint.LoadWeights(folder.File("c.safetensors"), model, expected)).Message,
            StringComparison.Ordinal
        );
        Assert.True(Checkpoint.LoadWeights(folder.File("c.safetensors"), model, null).IsComplete);
    }

    [Fact]
    public void AnotherModel_IsRefusedWhereItIsExpectedAndReportedOtherwise()
    {
        using var saved = new LinearDetector();
        using var model = new TinyDetector();
        Checkpoint.Save(folder.File("c.safetensors"), saved, null, Workshop.Identity, Position);
        Assert.Contains(
            "not the weights of Tiny",
            Assert.Throws<WeightsException>(() => Checkpoint.LoadWeights(folder.File("c.safetensors"), model, Workshop.Identity)).Message,
            StringComparison.Ordinal
        );
        var report = Checkpoint.LoadWeights(folder.File("c.safetensors"), model, null);
        Assert.Equal(["boxes.bias"], report.Loaded);
        Assert.Contains("boxes.weight: file [4, 3], model [4, 8]", report.Resized.Select(difference => difference.ToString()));
        Assert.Contains("hidden.weight", report.Missing);
    }

    [Fact]
    public void AFileOfAnotherProgram_HasNoIdentity()
    {
        using var value = ones(2);
        SafetensorsFile.Write(
            folder.File("c.safetensors"),
            [KeyValuePair.Create("w", value)],
            new Dictionary<string, string> { ["format"] = "pt" }
        );
        Assert.Contains(
            "lacks 'detector'",
            Assert.Throws<WeightsException>(() => Checkpoint.ReadInfo(folder.File("c.safetensors"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ADamagedNumber_IsNamed()
    {
        using var model = new LinearDetector();
        Checkpoint.Save(folder.File("c.safetensors"), model, null, Workshop.Identity, Position);
        var metadata = SafetensorsFile.Open(folder.File("c.safetensors")).Metadata.Remove("checkpoint_format").SetItem("seed", "12x");
        SafetensorsFile.Write(folder.File("d.safetensors"), model.state_dict(), metadata);
        Assert.Contains(
            "'seed' is '12x'",
            Assert.Throws<WeightsException>(() => Checkpoint.ReadInfo(folder.File("d.safetensors"))).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => folder.Dispose();
}
