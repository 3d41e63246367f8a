using System.Collections.Immutable;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Experiments;

public sealed class RunLogTests : IDisposable
{
    private static readonly RunConfiguration Configuration = RunConfiguration.Of(("row", "Seesaw"), ("seed", "1"));

    private readonly TemporaryFolder folder = new();

    private string File => folder.File("below/runs.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AResult_IsFoundAgainByItsConfiguration()
    {
        var values = ImmutableSortedDictionary<string, double>.Empty.Add("AP", 0.1 + 0.2).Add("APr", -1);
        new RunLog(File).Keep(new RunResult(Configuration, 12.34, values));

        var found = new RunLog(File).Find(RunConfiguration.Of(("seed", "1"), ("row", "Seesaw")))!;
        Assert.Equal(Configuration, found.Configuration);
        Assert.Equal(values, found.Values);
        Assert.Equal(12.3, found.Seconds);
    }

    [Fact]
    public void AnotherValue_IsAnotherRun()
    {
        var results = new RunLog(File);
        results.Keep(new RunResult(Configuration, 1, ImmutableSortedDictionary<string, double>.Empty));

        Assert.Null(results.Find(RunConfiguration.Of(("row", "Seesaw"), ("seed", "2"))));
        Assert.Null(results.Find(RunConfiguration.Of(("row", "Seesaw"))));
    }

    [Fact]
    public void Hashes_KeepNamesAndValuesApart()
    {
        RunConfiguration[] different =
        [
            RunConfiguration.Of(("a", "bc")),
            RunConfiguration.Of(("ab", "c")),
            RunConfiguration.Of(("a", "b"), ("c", "")),
            RunConfiguration.Of(("a", ""), ("c", "b")),
            RunConfiguration.Of(("a", "b1:c0:")),
        ];

        Assert.Equal(different.Length, different.Select(item => item.Hash).Distinct().Count());
        Assert.All(different, item => Assert.Matches("^[0-9a-f]{16}$", item.Hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"configuration\":{}}")]
    [InlineData("{\"configuration\":{\"row\":1},\"seconds\":1,\"values\":{}}")]
    public void ADamagedLine_IsNamed_WithTheRemedy(string content)
    {
        var results = new RunLog(File);
        results.Keep(Result("1"));
        System.IO.File.AppendAllText(File, content + "\n");

        var exception = Assert.Throws<IOException>(() => new RunLog(File).Find(Configuration));
        Assert.Contains($"{File}, line 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Delete the line", exception.Message, StringComparison.Ordinal);
        var reader = new RunLog(File);
        var messages = Enumerable.Range(0, 2).Select(_ => Assert.Throws<IOException>(() => reader.Find(Configuration)).Message);
        Assert.All(messages, message => Assert.Equal(exception.Message, message));
    }

    [Fact]
    public void ALineThatWasCutOff_IsNoRun_AndGoesWithTheNext()
    {
        var results = new RunLog(File);
        results.Keep(Result("1"));
        System.IO.File.AppendAllText(File, "{\"configuration\":{\"row\":\"See");

        Assert.NotNull(results.Find(Configuration));
        results.Keep(Result("2"));
        Assert.NotNull(new RunLog(File).Find(RunConfiguration.Of(("row", "Seesaw"), ("seed", "2"))));
        Assert.Equal(2, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public void RunsOfOtherProcesses_AreFoundAsTheyCome()
    {
        var (here, there) = (new RunLog(File), new RunLog(File));
        Assert.Null(here.Find(Configuration));
        Parallel.For(0, 20, seed => new RunLog(File).Keep(Result($"{seed}")));

        Assert.NotNull(here.Find(Configuration));
        there.Keep(Result("20"));
        Assert.All(Enumerable.Range(0, 21), seed => Assert.NotNull(here.Find(RunConfiguration.Of(("row", "Seesaw"), ("seed", $"{seed}")))));
    }

    [Fact]
    public void OfTwoResults_TheLaterCounts()
    {
        var results = new RunLog(File);
        results.Keep(Result("1"));
        results.Keep(Result("1") with { Seconds = 7 });

        Assert.Equal(7, results.Find(Configuration)!.Seconds);
    }

    private static RunResult Result(string seed) =>
        new(RunConfiguration.Of(("row", "Seesaw"), ("seed", seed)), 1, ImmutableSortedDictionary<string, double>.Empty);
}
