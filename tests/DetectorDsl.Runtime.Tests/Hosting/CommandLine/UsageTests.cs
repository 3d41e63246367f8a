using System.Globalization;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData("fly", "fly")]
    [InlineData("train --wings 2", "--wings")]
    [InlineData("train --epochs many", "--epochs many: a number is wanted, above 0 and at most 100")]
    [InlineData("train --epochs 0", "--epochs 0")]
    [InlineData("train --epochs NaN", "--epochs NaN")]
    [InlineData("train --batch-size 65", "--batch-size 65: a whole number is wanted, from 1 to 64")]
    [InlineData("train --batch-size 1.5", "--batch-size 1.5")]
    [InlineData("train --device tpu", "tpu")]
    [InlineData("train --resume --weights w.safetensors", "exclude each other")]
    [InlineData("train --train-images folder", "--train-annotations")]
    [InlineData("train --validation-images folder", "--validation-annotations")]
    [InlineData("evaluate --annotations a.json", "--results")]
    [InlineData("evaluate --annotations a.json --results r.json --rules voc", "voc")]
    [InlineData("predict", "images")]
    [InlineData("figure", "runs")]
    [InlineData("figure out --checkpoint x", "--checkpoint: figure has no such option")]
    [InlineData("--seed 3", "")]
    public void CommandLineThatCannotBeUnderstood_EndsWith2(string line, string named)
    {
        var run = CommandLineRun.Of(new HandWrittenTrainer(), line.Split(' '));

        run.Fails(2, named, "--help");
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Help_NamesTheVerbs()
    {
        var run = CommandLineRun.Of(new HandWrittenTrainer(), "--help");

        run.Succeeds();
        Assert.All(["Tiny finds rectangles.", "train", "evaluate", "predict", "describe"], word =>
            Assert.Contains(word, run.Output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void HelpOfTrain_ShowsOptionsWithTextRangeAndDefault()
    {
        var run = CommandLineRun.Of(new HandWrittenTrainer(), "train", "--help");

        run.Succeeds();
        Assert.All(
            [
                "--epochs <number>",
                "Passes over the training images. (above 0 and at most 100) [default: 12]",
                "--batch-size <integer>",
                "Images a step. (from 1 to 64) [default: 2]",
                "--device <cpu|cuda>",
                "--data <folder>",
                "--seed <integer>",
                "--resume",
                "--weights <file>",
                "--output <folder>",
            ],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("describe")]
    public void EveryVerb_HasHelp(string verb)
    {
        var run = CommandLineRun.Of(new HandWrittenTrainer(), verb, "--help");

        run.Succeeds();
        Assert.Contains("Options:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_PrintsTheDescription() =>
        Assert.Equal("Tiny: no layers, 0 parameters.", CommandLineRun.Of(new HandWrittenTrainer(), "describe").Output.TrimEnd());

    [Fact]
    public void DescribeState_PrintsTheTensors() =>
        Assert.Equal("fc: weight [1, 2]", CommandLineRun.Of(new HandWrittenTrainer(), "describe", "--state").Output.TrimEnd());

    [Fact]
    public void DescribeJson_PrintsTheConfiguration() =>
        Assert.Equal("""{"backbone":{"depth":18}}""", CommandLineRun.Of(new HandWrittenTrainer(), "describe", "--json").Output.TrimEnd());

    [Fact]
    public void NumbersHaveADecimalPoint_WhateverTheCulture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var trainer = new HandWrittenTrainer();
            using var folder = new TemporaryFolder();
            TinyData.Write(folder.Path);

            CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out"), "--epochs", "1.5").Succeeds();

            Assert.Equal(1.5, trainer.Request!.Arguments.GetValue(trainer.Epochs));
            Assert.Contains("[default: 0.02]", CommandLineRun.Of(trainer, "train", "--help").Output, StringComparison.Ordinal);
            CommandLineRun.Of(trainer, "train", "--epochs", "1,5").Fails(2, "--epochs 1,5");
            Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
