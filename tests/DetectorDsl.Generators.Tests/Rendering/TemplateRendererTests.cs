using System.Globalization;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class TemplateRendererTests
{
    private sealed record Item(string Name, int LogitCount);

    private sealed record Plan(double NMSThreshold, bool HasMasks, string? Note, EquatableArray<Item> Items);

    private static readonly Plan Sample = new(0.5, true, null, [new("a", 1), new("b", 2)]);

    private static string Render(string text, object plan, CancellationToken token = default) =>
        TemplateRenderer.Render(TemplateCatalog.Parse("Test.sbntxt", text), plan, token);

    [Theory]
    [InlineData("{{ NMSThreshold }}", "0.5")]
    [InlineData("{{ for item in Items }}{{ item.LogitCount }};{{ end }}", "1;2;")]
    [InlineData("{{ for item in Items }}{{ item.Name }}{{ if !for.last }}, {{ end }}{{ end }}", "a, b")]
    [InlineData("{{ Items.Count }}", "2")]
    [InlineData("{{ if HasMasks }}masks{{ end }}", "masks")]
    [InlineData("{{ if Note }}note{{ else }}none{{ end }}", "none")]
    public void APropertyIsReachedByItsOwnName(string template, string expected) => Assert.Equal(expected, Render(template, Sample));

    [Theory]
    [InlineData("line one\n{{ Nmsthreshold }}", "Test.sbntxt(2,")]
    [InlineData("{{ for item in Items }}{{ item.logit_count }}{{ end }}", "logit_count")]
    [InlineData("{{ Note.Length }}", "Note")]
    [InlineData("{{ Missing | string.upcase }}", "Missing")]
    [InlineData("{{ no_such_function 1 }}", "no_such_function")]
    [InlineData("{{ include 'NoSuchTemplate' }}", "NoSuchTemplate")]
    public void ASlipInATemplate_IsAnErrorThatNamesIt(string template, string named)
    {
        var exception = Assert.Throws<TemplateException>(() => Render(template, Sample));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOutputBeyondTheEnginesLimits_IsNotCut()
    {
        // The engine's own limits are 1,000 turns of a loop and 1,048,576 characters.
        var plan = new Plan(0, false, new string('x', 1_500_000), [.. Enumerable.Range(0, 5_000).Select(i => new Item("n", i))]);
        Assert.Equal(5_000, Render("{{ for item in Items }}.{{ end }}", plan).Length);
        Assert.Equal(1_500_000, Render("{{ Note }}", plan).Length);
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    public void TheCulture_DoesNotShow(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal("0.5 -1", Render("{{ NMSThreshold }} {{ Items[0].LogitCount - 2 }}", new ListPlan(0.5, [new("a", 1)])));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private sealed record ListPlan(double NMSThreshold, List<Item> Items);

    [Fact]
    public void AMultiLineValue_KeepsTheIndentation_WithoutTrailingBlanks() =>
        Assert.Equal("    a\n\n    b\n", Render("    {{ Note }}\n", new Plan(0, false, "a\n\nb", [])));

    [Fact]
    public void AControlTagOnALineOfItsOwn_LeavesNoLine() =>
        Assert.Equal(
            "{\n    a;\n    b;\n}\n",
            Render("{\n    {{~ for item in Items ~}}\n    {{ item.Name }};\n    {{~ end ~}}\n}\n", Sample)
        );

    [Fact]
    public void CarriageReturnsOfATemplate_AreGone() => Assert.Equal("a\nb\n", Render("a\r\nb\r\n", Sample));

    [Fact]
    public void APartial_SeesThePlan() =>
        Assert.StartsWith("[global::System.CodeDom", Render("{{ include 'Generated' }}", Sample), StringComparison.Ordinal);

    [Fact]
    public void ACancelledRendering_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Render("text", Sample, source.Token));
    }

    [Fact]
    public void RenderingsAtOnce_DoNotMeet()
    {
        var template = TemplateCatalog.Parse(
            "Test.sbntxt",
            "{{ include 'Generated' }}{{ for item in Items }}{{ item.LogitCount }}{{ end }}"
        );
        var expected = TemplateRenderer.Render(template, Sample, default);
        Parallel.For(0, 64, _ => Assert.Equal(expected, TemplateRenderer.Render(template, Sample, default)));
    }
}
