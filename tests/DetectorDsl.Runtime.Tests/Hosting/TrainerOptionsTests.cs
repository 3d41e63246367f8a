using System.CommandLine;
using DetectorDsl.Hosting.Trainers;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting;

public sealed class TrainerOptionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("--nesterov", true)]
    [InlineData("--nesterov true", true)]
    [InlineData("--nesterov false", false)]
    public void Truth_StandsAloneOrWithAValue(string line, bool expected) =>
        Assert.Equal(expected, Value(TrainerOptions.Truth("nesterov", "Momentum.", true), line));

    [Theory]
    [InlineData("", DayOfWeek.Monday)]
    [InlineData("--day friday", DayOfWeek.Friday)]
    [InlineData("--day Sunday", DayOfWeek.Sunday)]
    public void Choice_IsReadByNameInAnyCase(string line, DayOfWeek expected) =>
        Assert.Equal(expected, Value(TrainerOptions.Choice("day", "Day.", DayOfWeek.Monday), line));

    [Theory]
    [InlineData("--day 5")]
    [InlineData("--day someday")]
    public void Choice_RefusesNumbersAndOtherNames(string line) =>
        Assert.Contains(
            "one of Sunday, Monday",
            Mistake(TrainerOptions.Choice("day", "Day.", DayOfWeek.Monday), line),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("", 5_000_000_000)]
    [InlineData("--big 9000000000000000000", 9_000_000_000_000_000_000)]
    [InlineData("--big -3", -3)]
    public void Whole_TakesEveryNumberOfItsType(string line, long expected) =>
        Assert.Equal(expected, Value(TrainerOptions.Whole("big", "Big.", 5_000_000_000), line));

    [Theory]
    [InlineData("--level 256")]
    [InlineData("--level -1")]
    [InlineData("--level 2.5")]
    public void Whole_RefusesWhatTheTypeCannotHold(string line) =>
        Assert.Contains(
            "a whole number is wanted",
            Mistake(TrainerOptions.Whole<byte>("level", "Level.", 3), line),
            StringComparison.Ordinal
        );

    [Fact]
    public void Whole_IncludesItsBounds() =>
        Assert.Contains(
            "a whole number is wanted, from 2 to 9",
            Mistake(TrainerOptions.Whole<byte>("level", "Level.", 3, min: 2, max: 9), "--level 10"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Single_IsOfSinglePrecision() =>
        Assert.Equal(0.3f, Value(TrainerOptions.Single("share", "Share.", 0.5f, 0, 1), "--share 0.3"));

    [Fact]
    public void Joined_ReadsBackAsTheSameNumbers() =>
        Assert.Equal(
            [0.1, 1e-9, -3.0],
            Value(TrainerOptions.Reals("r", "R.", [1.0]), "--r " + TrainerOptions.Joined([0.1, 1e-9, -3.0])).ToArray()
        );

    [Theory]
    [InlineData("--rate 1e-4", 1e-4)]
    [InlineData("--rate -2", -2)]
    [InlineData("--rate 3", 3)]
    public void Real_IncludesItsBounds(string line, double expected) =>
        Assert.Equal(expected, Value(TrainerOptions.Real("rate", "Rate.", 1, -2, 3), line));

    [Theory]
    [InlineData("--rate -2.01")]
    [InlineData("--rate 3.01")]
    [InlineData("--rate Infinity")]
    [InlineData("--rate 0x10")]
    public void Real_RefusesWhatLiesBeyond(string line) =>
        Assert.Contains(
            "a number is wanted, from -2 to 3",
            Mistake(TrainerOptions.Real("rate", "Rate.", 1, -2, 3), line),
            StringComparison.Ordinal
        );

    [Fact]
    public void Real_ExclusiveBounds_AreRefused()
    {
        var option = TrainerOptions.Real("rate", "Rate.", 0.5, 0, 1, minExclusive: true, maxExclusive: true);

        Assert.Contains("above 0 and below 1", Mistake(option, "--rate 0"), StringComparison.Ordinal);
        Assert.Contains("above 0 and below 1", Mistake(option, "--rate 1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("--scales 0.5", "0.5")]
    [InlineData("--scales 0.5,1,2.25", "0.5 1 2.25")]
    public void Reals_HaveCommasBetweenThem(string line, string expected) =>
        Assert.Equal(expected, string.Join(" ", Value(TrainerOptions.Reals("scales", "Scales.", [1.0], 0.1, 10), line)));

    [Theory]
    [InlineData("--scales 0.5,")]
    [InlineData("--scales 0.05")]
    [InlineData("--scales 1,11")]
    [InlineData("--scales 1;2")]
    public void Reals_RefuseWhatLiesBeyond(string line) =>
        Assert.Contains(
            "numbers with commas between them are wanted, each from 0.1 to 10",
            Mistake(TrainerOptions.Reals("scales", "Scales.", [1.0], 0.1, 10), line),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_IsTakenAsItIs() =>
        Assert.Equal("a b", Command(TrainerOptions.Text("tag", "Tag.", "none"), out var option).Parse(["--tag", "a b"]).GetValue(option));

    private static T? Value<T>(Option<T> option, string line)
    {
        var parsed = Command(option, out _).Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(parsed.Errors);
        return parsed.GetValue(option);
    }

    private static string Mistake<T>(Option<T> option, string line) =>
        Assert.Single(Command(option, out _).Parse(line.Split(' ')).Errors).Message;

    private static RootCommand Command<T>(Option<T> given, out Option<T> option)
    {
        option = given;
        return new RootCommand { given };
    }
}
