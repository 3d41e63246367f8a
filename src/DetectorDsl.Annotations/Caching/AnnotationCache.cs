using System.Security.Cryptography;
using System.Text;

namespace DetectorDsl.Annotations;

/// <summary>Keeps large annotation files in a form that is read in a moment. Programs may use one folder at the same time.</summary>
/// <remarks>
/// An entry is used only where the file's length, time of change and sampled content are those of the file that it was made of, and where its own
/// checksums hold; else the file itself is read and the entry written anew. An entry that cannot be written is done without.
/// </remarks>
public sealed class AnnotationCache
{
    // Smaller files are read in well under a second.
    private const long SmallestFile = 1 << 23;

    private readonly string? folder;
    private readonly long smallestFile;

    /// <summary>A cache in a folder, which exists.</summary>
    /// <param name="folder">The folder.</param>
    public AnnotationCache(string folder)
        : this(folder, SmallestFile) { }

    private AnnotationCache() { }

    internal AnnotationCache(string folder, long smallestFile)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (this.folder, this.smallestFile) = (folder, smallestFile);
    }

    /// <summary>Keeps nothing.</summary>
    public static AnnotationCache None { get; } = new();

    /// <summary>Reads a file as <see cref="AnnotationReader.Read" /> does, or what is kept of it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What can be used of it, and what could not.</returns>
    /// <exception cref="AnnotationException">The file is missing, cut off, or not of the format; the message names the place.</exception>
    public AnnotationSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (EntryOf(path) is not { } entry || TryTakeFingerprint(path) is not { } fingerprint || fingerprint.Length < smallestFile)
        {
            return AnnotationReader.Read(path);
        }

        if (CacheEntry.TryRead(entry, fingerprint, path) is { } kept)
        {
            return kept;
        }

        var set = AnnotationReader.Read(path);
        if (TryTakeFingerprint(path) == fingerprint)
        {
            CacheEntry.TryWrite(entry, fingerprint, set);
        }

        return set;
    }

    internal string? EntryOf(string path)
    {
        if (folder is null)
        {
            return null;
        }

        var full = Path.GetFullPath(path);
        return Path.Combine(
            folder,
            $"{Path.GetFileNameWithoutExtension(full)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)).AsSpan(0, 8))}.annotations"
        );
    }

    private static FileFingerprint? TryTakeFingerprint(string path)
    {
        try
        {
            return FileFingerprint.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
