using System.Collections.Immutable;
using DetectorDsl.Runtime.Experiments;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Experiments;

public sealed class ResultFolderTests : IDisposable
{
    private static readonly RunConfiguration Configuration = RunConfiguration.Of(("row", "Seesaw"), ("seed", "1"));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AResult_IsFoundAgainByItsConfiguration()
    {
        var values = ImmutableSortedDictionary<string, double>.Empty.Add("AP", 0.1 + 0.2).Add("APr", -1);
        new ResultFolder(folder.Path).Keep(new RunResult(Configuration, 12.34, values));

        var found = new ResultFolder(folder.Path).Find(RunConfiguration.Of(("seed", "1"), ("row", "Seesaw")))!;
        Assert.Equal(Configuration, found.Configuration);
        Assert.Equal(values, found.Values);
        Assert.Equal(12.3, found.Seconds);
    }

    [Fact]
    public void AnotherValue_IsAnotherRun()
    {
        var results = new ResultFolder(folder.Path);
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
    public void ADamagedFile_IsNamed_WithTheRemedy(string content)
    {
        var results = new ResultFolder(folder.Path);
        File.WriteAllText(results.FileOf(Configuration), content);

        var exception = Assert.Throws<IOException>(() => results.Find(Configuration));
        Assert.Contains(results.FileOf(Configuration), exception.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfAnotherRun_IsRefused()
    {
        var results = new ResultFolder(folder.Path);
        results.Keep(new RunResult(RunConfiguration.Of(("row", "CE")), 1, ImmutableSortedDictionary<string, double>.Empty));
        File.Move(results.FileOf(RunConfiguration.Of(("row", "CE"))), results.FileOf(Configuration));

        Assert.Contains("another run", Assert.Throws<IOException>(() => results.Find(Configuration)).Message, StringComparison.Ordinal);
    }
}
