extern alias full;

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Zoo.Tests;

/// <summary>What the build says of the zoo in full size. No model is made.</summary>
public sealed partial class FullSizeTests
{
    private static readonly DetectorTrainer[] Trainers = full::TrainerProgram.Trainers;

    /// <summary>Architecture and backbone: what stands in a name up to <c>Fpn</c>.</summary>
    public static TheoryData<string> Families => [.. Trainers.Select(trainer => Family(trainer.Name)).Distinct()];

    [Theory]
    [MemberData(nameof(Families))]
    public void StateDicts(string family)
    {
        var text = new StringBuilder();
        var members = Trainers.Where(trainer => Family(trainer.Name) == family).ToArray();
        var first = members[0].State.Split('\n');
        foreach (var member in members)
        {
            var lines = member.State.Split('\n');
            var others =
                member == members[0]
                    ? lines
                    : [.. first.Except(lines).Select(line => $"- {line}"), .. lines.Except(first).Select(line => $"+ {line}")];
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"{member.Name}: {Parameters(member)} parameters{(member == members[0] ? "" : $", {members[0].Name} but for")}\n"
                )
                .AppendJoin('\n', others)
                .Append("\n\n");
        }

        Snapshots.Match(text.ToString(), family);
    }

    [Fact]
    public void TwinsDifferInSizesAlone() => Assert.Equal(Trainers.Select(Outline), TrainerProgram.Trainers.Select(Outline));

    /// <summary>A row for every declaration, with its own number of parameters.</summary>
    [Fact]
    public void TableOfTheReadme()
    {
        var rows = Row()
            .Matches(File.ReadAllText(Repository.Path("models/README.md")))
            .Select(row => $"{row.Groups["name"].Value}: {row.Groups["parameters"].Value}");
        Assert.Equal(
            Trainers.Select(trainer => $"{trainer.Name}: {Parameters(trainer)}").Order(StringComparer.Ordinal),
            rows.Order(StringComparer.Ordinal)
        );
    }

    private static string Family(string name) => name[..(name.IndexOf("Fpn", StringComparison.Ordinal) + "Fpn".Length)];

    private static string Parameters(DetectorTrainer trainer) => Count().Match(trainer.Description).Groups[1].Value;

    private static string Outline(DetectorTrainer trainer) => $"{trainer.Name}\n{Shape().Replace(trainer.State, "")}";

    [GeneratedRegex(@": ([\d,]+) parameters")]
    private static partial Regex Count();

    [GeneratedRegex(@"\[[\d, ]*\]")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|.*\| (?<parameters>[\d,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
