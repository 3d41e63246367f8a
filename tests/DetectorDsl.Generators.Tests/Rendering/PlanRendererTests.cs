using DetectorDsl.Generators.Planning;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Stubs;
using DetectorDsl.Generators.Rendering;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class PlanRendererTests
{
    private static readonly DeclarationNames Names = new("Zoo", "Mine", "public", "");

    [Fact]
    public void ATemplateThatFails_LeavesAStub_AndIsReported()
    {
        var rendered = PlanRenderer.Render(new DetectorPlan(Names, [new Templateless(Names)]), [], default);
        Assert.Equal(
            PlanRenderer.Render(new DetectorPlan(Names, [new StubFile("RenderedStub", Names, [], [])]), [], default).Files,
            rendered.Files
        );
        var problem = Assert.Single(rendered.Problems);
        Assert.Equal("DDSL0034", problem.Id);
        Assert.Contains("NoSuchTemplate", problem.Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledRendering_IsNoFailure()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            PlanRenderer.Render(new DetectorPlan(Names, [new Templateless(Names)]), [], source.Token)
        );
    }

    private sealed record Templateless(DeclarationNames Names) : FilePlan("Model", "NoSuchTemplate", Names);
}
