using System.Runtime.CompilerServices;
using VerifyTests;
using VerifyXunit;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>Compares texts with reviewed ones in <c>__snapshots__</c> beside the test (by Verify, with <c>-p:Snapshots=verify</c>).</summary>
internal static class Snapshots
{
    /// <summary>Compares; a text that differs or is new is a failure until it is accepted.</summary>
    public static void Match(string text, [CallerMemberName] string name = "", [CallerFilePath] string sourceFile = "")
    {
        var settings = new VerifySettings();
        settings.UseDirectory("__snapshots__");
        settings.UseFileName($"{Path.GetFileNameWithoutExtension(sourceFile)}.{name}");
        settings.DisableRequireUniquePrefix();
        Verifier
            .Verify(SnapshotText.Scrub(text), settings, Path.Combine(SnapshotText.FolderOf(sourceFile), Path.GetFileName(sourceFile)))
            .GetAwaiter()
            .GetResult();
    }
}
