using DetectorDsl.Figures;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class FigureVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FigureVerbTests()
    {
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(folder.File(name));
            using var stream = File.Create(folder.File($"{name}/statistics.json"));
            StatisticsJson.Write(stream, Tests.Figures.Statistics.Of(name, 8));
        }
    }

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Runs_AreDrawnTogether()
    {
        Tests.Figures.Fonts.SkipWithout();
        var run = CommandLineRun
            .Of(
                new HandWrittenTrainer(),
                "figure",
                folder.File("one"),
                $"{folder.File("two/statistics.json")}=Seesaw",
                "--output",
                folder.File("drawn")
            )
            .Succeeds();
        Assert.Contains("drawn.svg", run.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(folder.File("drawn.png")).Length > 10000);
        var svg = File.ReadAllText(folder.File("drawn.svg"));
        Assert.Contains("Seesaw", svg, StringComparison.Ordinal);
        Assert.Contains("one", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("two", svg, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void TheEndingSaysWhatIsDrawn()
    {
        Tests.Figures.Fonts.SkipWithout();
        CommandLineRun.Of(new HandWrittenTrainer(), "figure", folder.File("one"), "--output", folder.File("only.PNG")).Succeeds();
        Assert.True(File.Exists(folder.File("only.PNG")));
        Assert.False(File.Exists(folder.File("only.svg")));
        CommandLineRun
            .Of(new HandWrittenTrainer(), "figure", folder.File("one"), "--output", folder.File("only.pdf"))
            .Fails(2, ".svg or .png");
    }

    [Fact]
    public void AFolderWithoutStatistics_IsRefusedWithARemedy()
    {
        Directory.CreateDirectory(folder.File("empty"));
        CommandLineRun
            .Of(new HandWrittenTrainer(), "figure", folder.File("empty"))
            .Fails(1, folder.File("empty"), "--gradient-statistics", "--class-accuracy");
    }

    [Fact]
    public void OtherFiles_AreRefused()
    {
        File.WriteAllText(folder.File("other.json"), "{}");
        CommandLineRun.Of(new HandWrittenTrainer(), "figure", folder.File("other.json")).Fails(1, "other.json", "no statistics of a run");
    }
}
