namespace DetectorDsl.Data.Datasets;

/// <summary>The files of a folder and of all folders below it.</summary>
internal static class FolderTree
{
    /// <summary>Lists the files; a folder that links lead to again is entered once.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <returns>Paths that begin with <paramref name="folder" />, in the order of their characters; hidden files are passed over.</returns>
    public static IReadOnlyList<string> Files(string folder) => FirstFiles(folder, int.MaxValue);

    /// <summary>Lists files as <see cref="Files" /> does, and enters no further folder once there are so many.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="most">Number of the files.</param>
    public static IReadOnlyList<string> FirstFiles(string folder, int most)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(string Path, string Real)>([(folder, Real(new DirectoryInfo(folder), Path.GetFullPath(folder)))]);
        while (files.Count < most && open.TryPop(out var next))
        {
            if (!seen.Add(next.Real))
            {
                continue;
            }

            foreach (var entry in new DirectoryInfo(next.Path).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')))
            {
                var path = Path.Combine(next.Path, entry.Name);
                if (Directory.Exists(path))
                {
                    open.Push((path, Real(new DirectoryInfo(path), Path.Combine(next.Real, entry.Name))));
                }
                else
                {
                    files.Add(path);
                }
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static string Real(DirectoryInfo folder, string otherwise) =>
        folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? otherwise;
}
