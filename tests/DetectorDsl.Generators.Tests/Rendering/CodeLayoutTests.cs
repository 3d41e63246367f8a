using DetectorDsl.Generators.Rendering;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class CodeLayoutTests
{
    private static readonly string Long = new('x', 60);

    [Fact]
    public void ShortLinesAndComments_StayAsTheyAre()
    {
        var code =
            $"namespace N;\n\n    var a = f(b, c);\n    /// <summary>{Long} ({Long}, {Long})</summary>\n    // {Long}, ({Long}, {Long})\n";
        Assert.Equal(code, CodeLayout.Wrap(code));
    }

    [Fact]
    public void ArgumentsOfALongCall_GetALineEach() =>
        Assert.Equal(
            $"    var a = new F<int, int>(\n        first: \"{Long}, (\",\n        g(1, 2),\n        {Long},\n        ',').Close();",
            CodeLayout.Wrap($"    var a = new F<int, int>(first: \"{Long}, (\", g(1, 2), {Long}, ',').Close();")
        );

    [Fact]
    public void CallsWithinACall_AreBrokenOnlyWhereTheyAreStillLong() =>
        Assert.Equal(
            $"f(\n    g(\n        {Long},\n        {Long},\n        h({Long})),\n    1);",
            CodeLayout.Wrap($"f(g({Long}, {Long}, h({Long})), 1);")
        );

    [Fact]
    public void AnArrowComesFirst() =>
        Assert.Equal(
            $"    public int M({Long} a, int b) =>\n        f({Long}, a => b);",
            CodeLayout.Wrap($"    public int M({Long} a, int b) => f({Long}, a => b);")
        );

    [Fact]
    public void ItemsOfALongList_GetALineEach() =>
        Assert.Equal(
            $"    A B {{ get; }} =\n    [\n        \"{Long}\",\n        \"{Long}\",\n        \"c\",\n    ];",
            CodeLayout.Wrap($"    A B {{ get; }} = [\"{Long}\", \"{Long}\", \"c\"];")
        );

    [Fact]
    public void AListThatIsAnArgument_StandsBelowTheCall() =>
        Assert.Equal(
            $"    f(\n        [\n            \"{Long}\",\n            \"{Long}\",\n            c,\n        ]).Close();",
            CodeLayout.Wrap($"    f([\"{Long}\", \"{Long}\", c]).Close();")
        );

    [Fact]
    public void ALineWithoutBrackets_StaysAsItIs()
    {
        var code = $"var a = {Long} + {Long} + {Long};";
        Assert.Equal(code, CodeLayout.Wrap(code));
    }

    [Fact]
    public void ATextOverSeveralLines_StaysAsItIs()
    {
        var code = $"const string T = \"\"\"\n({Long}, {Long}, {Long})\n\"\"\";";
        Assert.Equal(code, CodeLayout.Wrap(code));
    }
}
