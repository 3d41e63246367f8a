using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Data.Tests.Rendering;

public sealed class RenderedBytesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SameSeed_SameBytesInEveryFile()
    {
        RenderedDataSet.Write(folder["a"], RenderedStep.Small, seed: 5);
        RenderedDataSet.Write(folder["b"], RenderedStep.Small, seed: 5);
        var names = Names("a");
        Assert.Equal(names, Names("b"));
        Assert.Equal(4 + 60 + 20 + 12, names.Length);
        Assert.All(names, name => Assert.Equal(Bytes("a", name), Bytes("b", name)));
    }

    [Fact]
    public void OtherSeed_OtherTrainingImagesAndTheSameValidation()
    {
        RenderedDataSet.Write(folder["a"], RenderedStep.Small, seed: 5);
        RenderedDataSet.Write(folder["b"], RenderedStep.Small, seed: 6);
        Assert.All(Names("a").Where(name => name.StartsWith("train", StringComparison.Ordinal)), name =>
            Assert.NotEqual(Bytes("a", name), Bytes("b", name))
        );
        Assert.All(Names("a").Where(name => name.StartsWith("val", StringComparison.Ordinal)), name =>
            Assert.Equal(Bytes("a", name), Bytes("b", name))
        );
    }

    [Fact]
    public void TrainingAndValidationImagesDiffer()
    {
        RenderedDataSet.Write(folder["a"], RenderedStep.Small, seed: 2021);
        var first = new[] { "train", "val", "val_natural" }.Select(split =>
            Convert.ToHexString(File.ReadAllBytes(folder[$"a/{split}/000001.jpg"]))
        );
        Assert.Equal(3, first.Distinct().Count());
    }

    [Fact]
    public void ACompleteFolderIsLeftAsItIs()
    {
        RenderedDataSet.Write(folder["a"], RenderedStep.Small);
        File.Delete(folder["a/train/000001.jpg"]);
        RenderedDataSet.Write(folder["a"], RenderedStep.Small);
        Assert.False(File.Exists(folder["a/train/000001.jpg"]));
    }

    [Fact]
    public void AnInterruptedRenderingBeginsAnew()
    {
        using var cancellation = new CancellationTokenSource();
        var interrupt = new Interrupt(cancellation, after: 0.3);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            RenderedDataSet.Write(folder["a"], RenderedStep.Small, 0, interrupt, cancellation.Token)
        );
        Assert.False(File.Exists(folder["a/val.json"]));
        RenderedDataSet.Write(folder["a"], RenderedStep.Small);
        RenderedDataSet.Write(folder["b"], RenderedStep.Small);
        Assert.Equal(Names("b"), Names("a"));
        Assert.All(Names("a"), name => Assert.Equal(Bytes("b", name), Bytes("a", name)));
    }

    [Fact]
    public void AnotherSeedInTheSameFolder_ReplacesWhatIsThere()
    {
        RenderedDataSet.Write(folder["a"], RenderedStep.Small, seed: 1);
        File.WriteAllText(folder["a/train/000999.jpg"], "left over");
        RenderedDataSet.Write(folder["a"], RenderedStep.Small, seed: 2);
        RenderedDataSet.Write(folder["b"], RenderedStep.Small, seed: 2);
        Assert.Equal(Names("b"), Names("a"));
        Assert.Equal(Bytes("b", "train.json"), Bytes("a", "train.json"));
    }

    [Fact]
    public void AFolderWithOtherFilesIsRefusedAndUntouched()
    {
        File.WriteAllText(folder["train.json"], "mine");
        var exception = Assert.Throws<IOException>(() => RenderedDataSet.Write(folder.Path, RenderedStep.Small));
        Assert.Contains(folder.Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("'train.json'", exception.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["train.json"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void AFolderThatCannotBeMade_IsNamedInTheError()
    {
        File.WriteAllText(folder["file"], "");
        var exception = Assert.Throws<IOException>(() => RenderedDataSet.Write(folder["file/data"], RenderedStep.Small));
        Assert.Contains(folder["file/data"], exception.Message, StringComparison.Ordinal);
        Assert.Contains("choose another folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoAtOnceIntoOneFolder_BothSucceed()
    {
        Parallel.For(0, 2, _ => RenderedDataSet.Write(folder["a"], RenderedStep.Small));
        RenderedDataSet.Write(folder["b"], RenderedStep.Small);
        Assert.Equal(Names("b"), Names("a"));
        Assert.All(Names("a"), name => Assert.Equal(Bytes("b", name), Bytes("a", name)));
    }

    [Fact]
    public void ProgressRisesToOne()
    {
        var reports = new List<double>();
        RenderedDataSet.Write(folder["a"], RenderedStep.Small, 0, new Collect(reports));
        Assert.Equal(reports.Order(), reports);
        Assert.Equal(1, reports[^1]);
        Assert.True(reports.Count >= 92);
    }

    private string[] Names(string set) =>
        [
            .. Directory
                .GetFiles(folder[set], "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder[set], path))
                .Order(StringComparer.Ordinal),
        ];

    private byte[] Bytes(string set, string name) => File.ReadAllBytes(Path.Combine(folder[set], name));

    private sealed class Interrupt(CancellationTokenSource cancellation, double after) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value > after)
            {
                cancellation.Cancel();
            }
        }
    }

    private sealed class Collect(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
