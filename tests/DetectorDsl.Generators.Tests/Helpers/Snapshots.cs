using System.Runtime.CompilerServices;
using Snapshooter;
using Snapshooter.Xunit;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>Compares texts with reviewed ones in <c>__snapshots__</c> beside the test (by Snapshooter).</summary>
internal static class Snapshots
{
    /// <summary>Compares; writes the snapshot where there is none yet, except on a build server, where that is a failure.</summary>
    public static void Match(string text, [CallerMemberName] string name = "", [CallerFilePath] string sourceFile = "") =>
        Snapshot.Match(
            SnapshotText.Scrub(text),
            new SnapshotFullName($"{Path.GetFileNameWithoutExtension(sourceFile)}.{name}.snap", SnapshotText.FolderOf(sourceFile))
        );
}
