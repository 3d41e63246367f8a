using System.Runtime.InteropServices;

namespace DetectorDsl.Native.Files;

/// <summary>Second names of files: no byte is copied, and either name can go without the other.</summary>
internal static partial class HardLink
{
    /// <summary>Gives a file another name.</summary>
    /// <param name="existing">The file.</param>
    /// <param name="name">The other name; must be free.</param>
    /// <returns>Whether it has it; false where the file system knows no such names.</returns>
    public static bool TryCreate(string existing, string name) =>
        OperatingSystem.IsWindows() ? CreateHardLink(name, existing, 0) : Link(existing, name) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string name, string existing, nint security);
}
