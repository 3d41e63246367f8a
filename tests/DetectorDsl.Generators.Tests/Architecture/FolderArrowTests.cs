using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Architecture;

/// <summary>
/// The folders of every project point one way. A folder may use what lies beneath it, which is a part of it, and is left out of account there; in all other
/// directions a circle is a mistake, or stands here with its reason. Between projects the compiler sees to it.
/// </summary>
public sealed class FolderArrowTests
{
    /// <summary>Folders that use each other, by project. What is mended has to go from here.</summary>
    private static readonly (string Project, string[] Folders, string Reason)[] Knots =
    [
        ("DetectorDsl.Hosting", ["Reporting", "Trainers"], "A training request still prints the table of what it loaded."),
        (
            "DetectorDsl.Generators",
            ["Categories", "Pipeline", "Resolving"],
            "Category sets are a small generator of their own within the pipeline."
        ),
        (
            "DetectorDsl.Generators",
            ["Planning.Architectures", "Planning.DenseHeads", "Planning.Proposals", "Planning.RoiHeads"],
            "A first stage takes samplers and box forms from where RoI heads have theirs, and a cascade is fed by a first stage."
        ),
        (
            "DetectorDsl.Generators",
            ["Planning.Blocks", "Planning.Code", "Planning.Shapes", "Planning.Structure"],
            "A planned part holds its layers, and a layer its code and cost."
        ),
    ];

    public static TheoryData<string> Projects =>
        [
            .. new[] { "src", "generators" }
                .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.csproj", SearchOption.AllDirectories))
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void FoldersPointOneWay(string project)
    {
        var uses = UsedTypes.In(Path.Combine(AppContext.BaseDirectory, project + ".dll"));
        var arrows = uses.Select(use => (From: use.User.Namespace, To: use.Used.Namespace))
            .Where(arrow => arrow.From != arrow.To && !arrow.To.StartsWith(arrow.From + ".", StringComparison.Ordinal))
            .ToHashSet();
        var circles = FolderCircles.In(arrows);
        var unknown = circles.Where(circle => !Knots.Any(knot => IsOf(knot, project, circle))).ToList();
        Assert.True(
            unknown.Count == 0,
            string.Join(
                "\n",
                uses.Where(use => unknown.Any(circle => IsWithin(use, circle))).Select(use => $"{use.User} uses {use.Used}").Order()
            )
        );
        Assert.All(Knots.Where(knot => knot.Project == project), knot =>
            Assert.True(circles.Any(circle => IsOf(knot, project, circle)), $"{string.Join(", ", knot.Folders)} use each other no more.")
        );
    }

    /// <summary>What the search finds and what it leaves alone.</summary>
    [Fact]
    public void ACircle_IsFound_AndWhatPointsAtItIsNot() =>
        Assert.Equal(
            [
                ["a", "b", "c"],
            ],
            FolderCircles.In([("a", "b"), ("b", "c"), ("c", "a"), ("x", "a"), ("b", "y"), ("x", "y")])
        );

    private static bool IsOf((string Project, string[] Folders, string Reason) knot, string project, IReadOnlyList<string> circle) =>
        knot.Project == project && !circle.Except(knot.Folders.Select(folder => $"{project}.{folder}")).Any();

    private static bool IsWithin(
        ((string Namespace, string Name) User, (string Namespace, string Name) Used) use,
        IReadOnlyList<string> circle
    ) => use.User.Namespace != use.Used.Namespace && circle.Contains(use.User.Namespace) && circle.Contains(use.Used.Namespace);
}
