using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>
/// The files that this software has made in a folder, one a line, entered before a file is opened: whoever removes something there
/// removes nothing else. Safe on several threads, and for several programs that enter at the same time.
/// </summary>
public sealed class FileManifest
{
    /// <summary>Name of the file with the list.</summary>
    public const string Name = ".files";

    /// <summary>How the names of files end that are still being written.</summary>
    public const string PartEnding = ".tmp";

    // Another program enters a name in a moment.
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly string folder;

    /// <summary>Reads the list of a folder; nothing is written.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The list cannot be read.</exception>
    public FileManifest(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        this.folder = Path.GetFullPath(folder);
        Exists = File.Exists(ListFile);
        if (Exists)
        {
            names.UnionWith(Patiently(() => File.ReadAllLines(ListFile)).Select(NameIn).OfType<string>());
        }
    }

    /// <summary>Whether the folder had a list when it was read.</summary>
    public bool Exists { get; }

    private string ListFile => Path.Combine(folder, Name);

    /// <summary>Whether a file is listed.</summary>
    /// <param name="name">Its name, relative to the folder, with forward slashes.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(string name)
    {
        lock (gate)
        {
            return names.Contains(name);
        }
    }

    /// <summary>Lists a file; on the disk before this returns.</summary>
    /// <param name="name">Its name, relative to the folder, with forward slashes.</param>
    /// <exception cref="IOException">The list cannot be written.</exception>
    public void Enter(string name)
    {
        lock (gate)
        {
            if (names.Contains(name))
            {
                return;
            }

            try
            {
                using var stream = Patiently(() => new FileStream(ListFile, FileMode.Append, FileAccess.Write, FileShare.None, 1));

                // A line that a killed program began must not swallow this one.
                stream.Write([(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(name), (byte)'\n']);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new IOException(
                    $"{ListFile}: cannot be written ({exception.Message}). Free space or choose another folder.",
                    exception
                );
            }

            names.Add(name);
        }
    }

    /// <summary>Removes listed files that are there and that nobody has open for writing; what is not listed stays.</summary>
    /// <param name="isWanted">Whether a listed file is to be removed, by its name.</param>
    public void Remove(Predicate<string> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        lock (gate)
        {
            foreach (var name in names.Where(name => isWanted(name)))
            {
                var path = Path.GetFullPath(Path.Combine(folder, name));
                if (
                    path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                    && File.Exists(path)
                )
                {
                    RemoveUnlessInUse(path);
                }
            }
        }
    }

    /// <summary>Removes the parts of files that were being written when their program ended.</summary>
    public void RemoveParts() => Remove(name => name.EndsWith(PartEnding, StringComparison.Ordinal));

    // Whoever writes a file holds it alone.
    private static void RemoveUnlessInUse(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1)) { }

            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { }
    }

    private static T Patiently<T>(Func<T> open)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return open();
            }
            catch (IOException exception)
                when (attempt < Attempts && exception is not FileNotFoundException and not DirectoryNotFoundException)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static string? NameIn(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<string>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
