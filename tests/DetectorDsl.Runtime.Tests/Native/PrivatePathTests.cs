using System.Runtime.Versioning;
using DetectorDsl.Native.Files;
using DetectorDsl.Runtime.Tests.Support;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Native;

[UnsupportedOSPlatform("windows")]
public sealed class PrivatePathTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void OwnFolder_IsTrusted_UntilOthersMayWriteIt()
    {
        var own = Make("own");
        Assert.True(PrivatePath.IsOwnThroughout(own));

        File.SetUnixFileMode(own, (UnixFileMode)0x1FD);
        Assert.False(PrivatePath.IsOwn(own));
        Assert.False(PrivatePath.IsOwnThroughout(own));
    }

    [SkippableFact]
    public void Link_IsNotTrusted()
    {
        var link = folder.File("link");
        Directory.CreateSymbolicLink(link, Make("own"));
        Assert.False(PrivatePath.IsOwn(link));
        Directory.CreateDirectory(Path.Combine(link, "below"));
        Assert.False(PrivatePath.IsOwnThroughout(Path.Combine(link, "below")));
    }

    [SkippableFact]
    public void FolderThatOthersCanReplace_IsNotTrusted_UnlessItStandsInAStickyOne()
    {
        var own = Make("open/own");
        var open = folder.File("open");
        File.SetUnixFileMode(open, Everybody);
        Assert.True(PrivatePath.IsOwn(own));
        Assert.False(PrivatePath.IsOwnThroughout(own));

        File.SetUnixFileMode(open, Everybody | UnixFileMode.StickyBit);
        Assert.True(PrivatePath.IsOwnThroughout(own));
    }

    [SkippableFact]
    public void WhatIsNotThere_IsNotTrusted()
    {
        Make("own");
        Assert.False(PrivatePath.IsOwn(folder.File("nothing")));
    }

    private string Make(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Owners are looked at on Linux only.");
        CacheRoots.CreateOwn(folder.File(name));
        return folder.File(name);
    }
}
