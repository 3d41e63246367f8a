using DetectorDsl.Annotations;
using DetectorDsl.Native.Files;

namespace DetectorDsl.Training;

/// <summary>The folder that receives a run's files, held by one process at a time. A run owns only what its manifest lists: all else in
/// the folder stays as it is.</summary>
public sealed class OutputFolder : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream lockFile;
    private readonly FileManifest manifest;
    private readonly bool isNew;
    private bool hasBegun;

    private OutputFolder(string path, FileStream lockFile, FileManifest manifest, bool isNew) =>
        (Path, this.lockFile, this.manifest, this.isNew) = (path, lockFile, manifest, isNew);

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Weights, optimizer state and position of the last good step.</summary>
    public string LastCheckpoint => File("last.safetensors");

    /// <summary>The checkpoint before the last, should that be damaged.</summary>
    public string PreviousCheckpoint => File("previous.safetensors");

    /// <summary>One JSON object a line: settings, losses, metrics.</summary>
    public string Log => File(RunFiles.Log);

    /// <summary>Metrics of the evaluation after training.</summary>
    public string Metrics => File(RunFiles.Metrics);

    /// <summary>The resolved configuration.</summary>
    public string Configuration => File(RunFiles.Configuration);

    /// <summary>What is done once a run is known to begin, before it writes anything; null (default) for nothing.</summary>
    public Action? Beginning { get; set; }

    // Of a version that kept no manifest.
    private bool IsOfEarlierVersion => !manifest.Exists && (System.IO.File.Exists(Log) || System.IO.File.Exists(LastCheckpoint));

    /// <summary>Creates the folder where it is missing and takes hold of it; nothing in it is changed.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder, to be disposed.</returns>
    /// <exception cref="TrainingException">Another process holds it, or it cannot be created.</exception>
    public static OutputFolder Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new TrainingException($"'{path}' is no name of a folder. Choose one with --output.");
        }

        var full = System.IO.Path.GetFullPath(path);
        try
        {
            var isNew = !Directory.Exists(full);
            Directory.CreateDirectory(full);
            var lockFile = new FileStream(
                System.IO.Path.Combine(full, ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
            return new OutputFolder(full, lockFile, new FileManifest(full), isNew);
        }
        catch (IOException exception)
        {
            throw new TrainingException(
                $"{full}: the output folder is in use by another run or cannot be created ({exception.Message}). Choose another with --output."
            );
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TrainingException($"{full}: no permission to write here ({exception.Message}). Choose another folder with --output.");
        }
    }

    /// <summary>Full path of a file in the folder.</summary>
    /// <param name="name">Name of the file.</param>
    /// <returns>The path.</returns>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Checks that files which are going to be written are the run's own or not there yet; nothing is changed.</summary>
    /// <param name="names">Names of the files.</param>
    /// <exception cref="TrainingException">One is there that no run has made.</exception>
    public void RequireFree(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (!IsOfEarlierVersion && names.FirstOrDefault(name => System.IO.File.Exists(File(name)) && !manifest.Holds(name)) is { } taken)
        {
            throw new TrainingException(
                $"{File(taken)}: this file would be written, and one that no run has made is there. Move it away, or choose another folder with --output."
            );
        }
    }

    /// <summary>Checks that nothing that a run reads lies within the folder; nothing is changed.</summary>
    /// <param name="paths">Files or folders.</param>
    /// <exception cref="TrainingException">One lies within.</exception>
    public void RequireOutside(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var own = RealPath.Of(Path);
        if (paths.FirstOrDefault(path => RealPath.IsWithin(own, RealPath.Of(path))) is { } within)
        {
            throw new TrainingException(
                $"{Path}: the output folder holds data of this run ({within}). Choose a folder of its own with --output."
            );
        }
    }

    /// <summary>From here on the folder is changed: parts of files that killed runs have left are removed, and what is to be done at the
    /// beginning is done. Once for each opening.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Begin()
    {
        lock (gate)
        {
            if (hasBegun)
            {
                return;
            }

            hasBegun = true;
            foreach (var name in IsOfEarlierVersion ? RunFiles.OfTraining.Where(name => System.IO.File.Exists(File(name))) : [])
            {
                manifest.Enter(name);
            }

            manifest.RemoveParts();
            Beginning?.Invoke();
        }
    }

    /// <summary>Enters a file that is about to be written, and makes its folder.</summary>
    /// <param name="name">Its name, relative to the folder, with forward slashes.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public string Enter(string name)
    {
        Begin();
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        manifest.Enter(name);
        return path;
    }

    /// <summary>Writes a file of the run; it appears under its name only when it is complete.</summary>
    /// <param name="name">Its name, relative to the folder, with forward slashes.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing file stays as it was.</exception>
    public void Write(string name, Action<Stream> write) => AtomicFile.Write(Enter(name), write, part => Enter(NameOf(part)), null);

    /// <summary>Writes a file under a name that no file of others has: where one is there that no run has made, a number is put behind
    /// the name.</summary>
    /// <param name="name">Its name, relative to the folder, with forward slashes.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public void WriteBeside(string name, Action<Stream> write)
    {
        var free = name;
        for (var number = 2; System.IO.File.Exists(File(free)) && !manifest.Holds(free); number++)
        {
            free = $"{name[..name.LastIndexOf('.')]}-{number}{System.IO.Path.GetExtension(name)}";
        }

        Write(free, write);
    }

    /// <summary>Removes files that earlier runs have made here; those of others stay.</summary>
    /// <param name="isWanted">Whether a file of the manifest is to be removed, by its name.</param>
    public void Forget(Predicate<string> isWanted) => manifest.Remove(isWanted);

    /// <summary>Lets go of the folder; one that was made for a run that never began is gone with it.</summary>
    public void Dispose()
    {
        lockFile.Dispose();
        if (isNew && !hasBegun && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }

    /// <summary>Writes the last checkpoint; the one before stays under a name of its own.</summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="keepsPrevious">Whether the last checkpoint is worth keeping.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the last checkpoint stays as it was.</exception>
    internal void WriteCheckpoint(Action<Stream> write, bool keepsPrevious) =>
        AtomicFile.Write(Enter(NameOf(LastCheckpoint)), write, part => Enter(NameOf(part)), keepsPrevious ? KeepPrevious : null);

    private string NameOf(string path) => System.IO.Path.GetRelativePath(Path, path).Replace('\\', '/');

    // The last checkpoint has its own name all the time, wherever the file system allows it.
    private void KeepPrevious()
    {
        if (!System.IO.File.Exists(LastCheckpoint))
        {
            return;
        }

        Enter(NameOf(PreviousCheckpoint));
        var second = Enter($"{NameOf(PreviousCheckpoint)}.{Environment.ProcessId}{FileManifest.PartEnding}");
        System.IO.File.Delete(second);
        System.IO.File.Move(HardLink.TryCreate(LastCheckpoint, second) ? second : LastCheckpoint, PreviousCheckpoint, overwrite: true);
    }
}
