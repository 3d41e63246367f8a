using System.Text;

namespace DetectorDsl.Data.Datasets;

/// <summary>
/// Finds files by names that other systems gave them: with backslashes and drives, with the escapes of addresses, in another normal form of Unicode
/// or in another case.
/// </summary>
/// <param name="folder">The folder of the files, with all below it.</param>
internal sealed class ForeignNames(string folder)
{
    // Beyond that, the folder is none of images alone, and going through it would take long.
    private const int MostFiles = 2_000_000;

    private static readonly char[] Separators = ['/', '\\'];

    private readonly Lazy<ILookup<string, string[]>> byName = new(() => List(folder).ToLookup(parts => Normal(parts[^1])));
    private readonly Lazy<ILookup<string, string[]>> byStem = new(() =>
        List(folder).ToLookup(parts => Normal(Path.GetFileNameWithoutExtension(parts[^1])))
    );

    /// <summary>The one file that answers to a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its path; null where there is none, or more than one.</returns>
    public string? Find(string name)
    {
        var parts = name.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0
            ? null
            : Only(byName.Value, parts, Normal(parts[^1]))
                ?? Only(byName.Value, [.. parts.Select(Uri.UnescapeDataString)], Normal(Uri.UnescapeDataString(parts[^1])));
    }

    /// <summary>The one file that differs from a name in its ending alone.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its path; null where there is none, or more than one.</returns>
    public string? Likely(string name)
    {
        string[] parts = [.. name.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        return parts.Length == 0 ? null : Only(byStem.Value, parts, Normal(Path.GetFileNameWithoutExtension(parts[^1])));
    }

    private string? Only(ILookup<string, string[]> files, string[] name, string key)
    {
        var found = files[key].Where(file => Agree(file, name)).Take(2).ToList();
        return found.Count == 1 ? Path.Combine([folder, .. found[0]]) : null;
    }

    /// <summary>Whether the folders of a file are the last of those that a name states; in a folder that it does not state, another file may lie.</summary>
    private static bool Agree(string[] file, string[] name)
    {
        if (file.Length > name.Length)
        {
            return false;
        }

        for (var i = 2; i <= file.Length; i++)
        {
            if (Normal(file[^i]) != Normal(name[^i]))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string[]> List(string folder)
    {
        try
        {
            return FolderTree
                .FirstFiles(folder, MostFiles)
                .Select(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no normal form.
            return text;
        }
    }
}
