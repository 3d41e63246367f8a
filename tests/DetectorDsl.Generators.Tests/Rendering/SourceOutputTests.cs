using DetectorDsl.Generators.Rendering;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class SourceOutputTests
{
    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd\n")]
    [InlineData("a\n\n\n", "a\n")]
    [InlineData("", "\n")]
    public void LineEndsAreLineFeeds_WithOneAtTheEnd(string text, string expected) => Assert.Equal(expected, SourceOutput.Normalize(text));
}
