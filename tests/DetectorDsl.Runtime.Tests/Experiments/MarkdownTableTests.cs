using DetectorDsl.Hosting.Experiments;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Experiments;

public sealed class MarkdownTableTests
{
    [Fact]
    public void ATable_IsMarkdown() =>
        Assert.Equal(
            "| loss | AP |\n| --- | ---: |\n| CE | 20.6 |\n| a\\|b | 1 |\n",
            MarkdownTable.Of(
                ["loss", "AP"],
                [
                    ["CE", "20.6"],
                    ["a|b", "1"],
                ]
            )
        );

    [Fact]
    public void ARowOfAnotherLength_IsRefused() =>
        Assert.Contains(
            "CE",
            Assert
                .Throws<ArgumentException>(() =>
                    MarkdownTable.Of(
                        ["loss", "AP"],
                        [
                            ["CE"],
                        ]
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
}
