using System.Runtime.InteropServices;

namespace DetectorDsl.Native.Files;

/// <summary>Whether somebody else could change what lies at a path. Known on Linux; elsewhere nothing is said against any path.</summary>
/// <remarks>Source: Linux manual, statx(2), of which the layout is the same on every processor.</remarks>
internal static unsafe partial class PrivatePath
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicFields = 0x7FF;
    private const int EntrySize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int KindOfFile = 0xF000;
    private const int Link = 0xA000;
    private const int Sticky = 0x200;
    private const int WritableByOthers = 0x12;

    /// <summary>Whether a file or folder is no link, belongs to this user or root, and cannot be written by others.</summary>
    public static bool IsOwn(string path) =>
        !OperatingSystem.IsLinux() || (Look(path) is { } entry && entry.IsOurs && (entry.Mode & WritableByOthers) == 0);

    /// <summary>Whether a folder <see cref="IsOwn" />, and nobody else can put another in its place: so are the folders above, or they are sticky.</summary>
    public static bool IsOwnThroughout(string folder)
    {
        if (!IsOwn(folder))
        {
            return false;
        }

        for (var above = Path.GetDirectoryName(Path.GetFullPath(folder)); above is not null; above = Path.GetDirectoryName(above))
        {
            if (!IsOwn(above) && !(Look(above) is { IsOurs: true } entry && (entry.Mode & Sticky) != 0))
            {
                return false;
            }
        }

        return true;
    }

    private static Entry? Look(string path)
    {
        var bytes = stackalloc byte[EntrySize];
        try
        {
            return statx(CurrentFolder, path, DoNotFollow, BasicFields, bytes) == 0
                ? new Entry(*(uint*)(bytes + OwnerOffset), *(ushort*)(bytes + ModeOffset), geteuid())
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without it: nothing is known, so nothing is trusted.
            return null;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint fields, byte* entry);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    private readonly record struct Entry(uint Owner, int Mode, uint User)
    {
        public bool IsOurs => (Mode & KindOfFile) != Link && (Owner == User || Owner == 0);
    }
}
