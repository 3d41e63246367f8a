namespace DetectorDsl.Data.Rendering;

/// <summary>
/// The folder of a rendered data set. Its manifest says what the folder holds and whether it is complete; a folder without one is somebody
/// else's and stays untouched.
/// </summary>
internal sealed class RenderedFolder : IDisposable
{
    private const string LockName = ".rendering";

    private readonly string folder;
    private readonly FileStream held;

    private RenderedFolder(string folder, FileStream held) => (this.folder, this.held) = (folder, held);

    private string Manifest => Path.Combine(folder, "manifest.json");

    /// <summary>Waits until no other process renders into the folder, then holds it.</summary>
    public static RenderedFolder Hold(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, LockName);
        while (true)
        {
            try
            {
                return new RenderedFolder(
                    folder,
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)
                );
            }
            catch (IOException) when (File.Exists(path) && !cancellation.WaitHandle.WaitOne(200))
            {
                // Another process is at work; it ends, or its lock ends with it.
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether the folder holds exactly this, complete.</summary>
    public bool Holds(string content) => File.Exists(Manifest) && File.ReadAllText(Manifest) == content;

    /// <summary>Removes what an earlier rendering left, and marks the folder as incomplete.</summary>
    /// <exception cref="IOException">It holds other files.</exception>
    public void Begin(IEnumerable<string> splits)
    {
        if (
            !File.Exists(Manifest)
            && Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(entry => Path.GetFileName(entry) != LockName) is { } other
        )
        {
            throw new IOException($"it holds '{Path.GetFileName(other)}', which is not of a rendered data set, and would be overwritten");
        }

        File.WriteAllText(Manifest, "incomplete");
        foreach (var split in splits)
        {
            File.Delete(Path.Combine(folder, $"{split}.json"));
            if (Directory.Exists(Path.Combine(folder, split)))
            {
                Directory.Delete(Path.Combine(folder, split), recursive: true);
            }
        }
    }

    /// <summary>Marks the folder as complete.</summary>
    public void Complete(string content) => File.WriteAllText(Manifest, content);

    /// <inheritdoc />
    public void Dispose() => held.Dispose();
}
