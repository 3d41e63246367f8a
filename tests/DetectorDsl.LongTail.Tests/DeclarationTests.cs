using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Rendering;
using LongTail.Experiment;
using Xunit;

namespace DetectorDsl.LongTail.Tests;

public sealed class DeclarationTests
{
    public static TheoryData<string, string> CategoryFiles =>
        new() { { TailData.Usual.Tail.CategoryFile, "tail" }, { TailData.Usual.Pretraining.CategoryFile, "pretraining" } };

    [Theory]
    [MemberData(nameof(CategoryFiles))]
    public void TheCommittedCategories_AreThoseRendered(string file, string step)
    {
        using var stream = new MemoryStream();
        AnnotationWriter.WriteCategoryFile(
            stream,
            RenderedCategories.Of(step == "tail" ? TailData.Usual.Tail : TailData.Usual.Pretraining)
        );
        var committed = File.ReadAllText(Path.Combine(Root(), "models", "LongTail", "Categories", file));
        Assert.Equal(Encoding.UTF8.GetString(stream.ToArray()) + "\n", committed);
    }

    [Fact]
    public void TheTail_HasAllThreeGroups_AndThePretrainingNoneOfItsClasses()
    {
        var tail = RenderedCategories.Of(TailData.Usual.Tail);
        Assert.All(Enum.GetValues<CategoryFrequency>(), group => Assert.True(tail.Count(category => category.Frequency == group) >= 5));
        Assert.Empty(
            tail.Select(category => category.Name)
                .Intersect(RenderedCategories.Of(TailData.Usual.Pretraining).Select(category => category.Name))
        );
    }

    [Fact]
    public void EveryRow_IsItsDeclaration()
    {
        Assert.All(Rows.All, row => Assert.Equal(row.Name, row.Random().Name));
        Assert.All(Rows.Main, row => Assert.Equal(row.Name + "Rfs", row.RepeatFactor!().Name));
        Assert.Equal(Rows.Trainers.Count, Rows.Trainers.Select(trainer => trainer.ConfigurationHash).Distinct().Count());
    }

    [Fact]
    public void EveryDifference_IsAnotherConfiguration()
    {
        var run = new RowRun(Rows.Main[0], Sampling.Random, 1, 1e-3);
        var (data, budget) = (TailData.Usual, Budget.Full);
        string[] hashes =
        [
            .. new[]
            {
                run,
                run with
                {
                    Row = Rows.Main[1],
                },
                run with
                {
                    Row = Rows.Further[0],
                },
                run with
                {
                    Sampling = Sampling.RepeatFactor,
                },
                run with
                {
                    Seed = 2,
                },
                run with
                {
                    LearningRate = 2e-3,
                },
                run with
                {
                    IsBalanced = true,
                },
            }.Select(other => other.Configuration(data, budget).Hash),
            run.Configuration(data, budget with { Epochs = 7 }).Hash,
            run.Configuration(data, budget with { PretrainingEpochs = 7 }).Hash,
            run.Configuration(data with { Tail = data.Tail with { TailExponent = 1 } }, budget).Hash,
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], (run with { }).Configuration(data, budget with { Seeds = [7], Name = "other" }).Hash);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DetectorDsl.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
