namespace DetectorDsl.Annotations.Tests.Files;

/// <summary>Whatever training sees of an annotation changes its checksum, and nothing else does.</summary>
public class AnnotationDigestTests
{
    private static readonly InstanceAnnotation Plain = new(1, 2, 3, new Box(1, 2, 3, 4), 12, null, false);

    [Fact]
    public void WhatIsIgnored_IsSeen()
    {
        Assert.NotEqual(Digest(Plain), Digest(Plain with { IsIgnored = true }));
        Assert.NotEqual(Digest(Plain), Digest(Plain with { Box = new Box(1, 2, 3, 5) }));
    }

    [Fact]
    public void WhatNothingReads_IsNot() =>
        Assert.Equal(Digest(Plain), Digest(Plain with { Area = 7, Extra = new JsonMembers("{\"a\":1}"u8.ToArray()) }));

    private static string Digest(InstanceAnnotation annotation) => AnnotationDigest.Of([annotation]).Whole;
}
