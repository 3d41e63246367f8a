using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Training;

/// <summary>What both sides know is compared; what the library has gained or lost since is told.</summary>
public sealed class ConfigurationDifferenceTests
{
    [Theory]
    [InlineData("""{"Depth":50}""", """{"Depth":101}""", "Depth: 50 in the checkpoint, 101 now")]
    [InlineData("""{"A":{"kind":"X","P":1}}""", """{"A":{"kind":"Y","Q":2}}""", "A: X in the checkpoint, Y now")]
    [InlineData("""{"A":null}""", """{"A":{"kind":"Y","Q":2}}""", "A: null in the checkpoint, Y now")]
    [InlineData("""{"A":[1,2]}""", """{"A":[1,2,3]}""", "A: 2 entries in the checkpoint, 3 entries now")]
    [InlineData("""{"A":[{"kind":"X","P":1}]}""", """{"A":[{"kind":"X","P":2}]}""", "A[0].P: 1 in the checkpoint, 2 now")]
    [InlineData("""{"A":true}""", """{"A":false}""", "A: true in the checkpoint, false now")]
    [InlineData("""{"A""", """{"A":false}""", "the checkpoint's configuration is not readable")]
    public void AnotherValueIsNamed(string saved, string current, string difference)
    {
        var found = ConfigurationDifference.Of(saved, current);
        Assert.True(found.IsAny);
        Assert.Equal(difference, found.Differing);
        Assert.Null(found.OneSided);
    }

    [Fact]
    public void APropertyThatTheLibraryHasGainedOrLost_IsToldAndNoDifference()
    {
        var found = ConfigurationDifference.Of(
            """{"A":{"kind":"X","P":1e-8,"Old":3},"B":[1]}""",
            """{"A":{"kind":"X","P":1E-08,"New":{"kind":"Z"}},"B":[1],"C":"by default"}"""
        );
        Assert.False(found.IsAny);
        Assert.Equal(
            "A.Old: 3 in the checkpoint, unknown now; A.New: unknown to the checkpoint, Z now; C: unknown to the checkpoint, \"by default\" now",
            found.OneSided
        );
    }
}
