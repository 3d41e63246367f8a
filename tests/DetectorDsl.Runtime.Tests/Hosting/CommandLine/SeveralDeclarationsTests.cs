using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class SeveralDeclarationsTests
{
    private readonly HandWrittenTrainer[] trainers = [new("SmallOne"), new("LargeOne")];

    [Fact]
    public void NameAfterTheVerb_ChoosesTheDeclaration() =>
        Assert.Equal("LargeOne: no layers, 0 parameters.", Run("describe", "LargeOne").Output.TrimEnd());

    [Fact]
    public void Name_InLowerCaseIsTheSame() =>
        Assert.Equal("LargeOne: no layers, 0 parameters.", Run("describe", "largeone").Output.TrimEnd());

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("describe")]
    public void UnknownName_IsAnsweredWithTheKnownOnes(string verb) => Run(verb, "Middle").Fails(2, "Middle", "SmallOne, LargeOne");

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("describe")]
    public void MissingName_IsAnsweredWithTheKnownOnes(string verb) => Run(verb).Fails(2, "SmallOne, LargeOne");

    [Fact]
    public void Help_ShowsEachSummary()
    {
        var run = Run("train", "--help");

        run.Succeeds();
        Assert.Contains("SmallOne finds rectangles.", run.Output, StringComparison.Ordinal);
        Assert.Contains("LargeOne finds rectangles.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoArguments_TrainTheFirst()
    {
        // Neither names data, so the first's own message tells who was asked; and a run that never began leaves nothing.
        Run().Fails(1, "SmallOne names no data");
        Assert.False(Directory.Exists(Path.Combine("out", "SmallOne")));
    }

    [Fact]
    public void ResultsFiles_NeedNoName()
    {
        using var folder = new TemporaryFolder();
        TinyData.Write(folder.Path);
        File.WriteAllText(folder.File("results.json"), "[]");

        Run("evaluate", "--annotations", folder.File("val.json"), "--results", folder.File("results.json")).Succeeds();
    }

    private CommandLineRun Run(params string[] args) => CommandLineRun.Of(trainers, CancellationToken.None, args);
}
