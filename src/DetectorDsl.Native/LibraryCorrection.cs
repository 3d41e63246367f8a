using System.Security.Cryptography;

namespace DetectorDsl.Native;

/// <summary>
/// Makes a library loadable whose header names a symbol version that the system lacks although no relocation uses it: a copy in a per-user
/// cache has that version marked as weak. The library itself is never changed.
/// </summary>
public static class LibraryCorrection
{
    /// <summary>Versions of a library that the system's own library lacks.</summary>
    /// <param name="library">The library that asks.</param>
    /// <param name="soname">The library that is asked, for example <c>libstdc++.so.6</c>.</param>
    /// <param name="provider">The system's library of that name.</param>
    /// <returns>The versions asked for, not weak, and not provided.</returns>
    public static IReadOnlyList<ElfVersionNeeds.Need> Lacking(ElfVersionNeeds library, string soname, ElfVersionNeeds provider)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(provider);
        return [.. library.Needs.Where(need => need.Library == soname && !need.IsWeak && !provider.Provided.Contains(need.Version))];
    }

    /// <summary>A loadable form of a library: its own path where nothing is lacking, else that of a corrected copy.</summary>
    /// <param name="libraryPath">The library.</param>
    /// <param name="soname">The library that it asks for versions.</param>
    /// <param name="providerPath">The system's library of that name.</param>
    /// <param name="cacheFolder">Folder for corrected copies; created where it is missing.</param>
    /// <returns>The path to load.</returns>
    /// <exception cref="ElfException">A version is lacking that the library really uses, or a file is no library; the message names the file.</exception>
    public static string Loadable(string libraryPath, string soname, string providerPath, string cacheFolder) =>
        Corrected(libraryPath, soname, providerPath)?.In(cacheFolder) ?? libraryPath;

    /// <summary>The corrected form of a library.</summary>
    /// <param name="libraryPath">The library.</param>
    /// <param name="soname">The library that it asks for versions.</param>
    /// <param name="providerPath">The system's library of that name.</param>
    /// <returns>The copy that is to be written; null where nothing is lacking.</returns>
    /// <exception cref="ElfException">A version is lacking that the library really uses, or a file is no library; the message names the file.</exception>
    internal static CorrectedLibrary? Corrected(string libraryPath, string soname, string providerPath)
    {
        var image = File.ReadAllBytes(libraryPath);
        var library = Parse(libraryPath, image);
        var lacking = Lacking(library, soname, Parse(providerPath, File.ReadAllBytes(providerPath)));
        if (lacking.Count == 0)
        {
            return null;
        }

        if (lacking.FirstOrDefault(library.IsReferenced) is { } used)
        {
            throw new ElfException(
                $"{libraryPath} uses {used.Version} of {soname}, which {providerPath} does not have. Install a newer C++ runtime (GCC 13 or later) or run on a newer system."
            );
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(image));
        foreach (var need in lacking)
        {
            library.MarkWeak(need);
        }

        return new CorrectedLibrary(image, hash, Path.GetFileName(libraryPath));
    }

    private static ElfVersionNeeds Parse(string path, byte[] image)
    {
        try
        {
            return ElfVersionNeeds.Parse(image);
        }
        catch (ElfException exception)
        {
            throw new ElfException(
                $"{path}: {exception.Message}. Restore the packages again, or install the library again where it is the system's."
            );
        }
    }
}
