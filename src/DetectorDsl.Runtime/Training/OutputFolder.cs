namespace DetectorDsl.Runtime.Training;

/// <summary>The folder that receives a run's files, held by one process at a time.</summary>
public sealed class OutputFolder : IDisposable
{
    private readonly FileStream lockFile;

    private OutputFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Weights, optimizer state and position of the last good step.</summary>
    public string LastCheckpoint => File("last.safetensors");

    /// <summary>One JSON object a line: settings, losses, metrics.</summary>
    public string Log => File("log.jsonl");

    /// <summary>Metrics of the evaluation after training.</summary>
    public string Metrics => File("metrics.json");

    /// <summary>The resolved configuration.</summary>
    public string Configuration => File("configuration.json");

    /// <summary>Creates the folder where it is missing and takes hold of it.</summary>
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
            Directory.CreateDirectory(full);
            var lockFile = new FileStream(System.IO.Path.Combine(full, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new OutputFolder(full, lockFile);
        }
        catch (IOException exception)
        {
            throw new TrainingException($"{full}: the output folder is in use by another run or cannot be created ({exception.Message}). Choose another with --output.");
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

    /// <summary>Full path of a folder within, created where it is missing.</summary>
    /// <param name="name">Name of the folder.</param>
    /// <returns>The path.</returns>
    public string Folder(string name) => Directory.CreateDirectory(File(name)).FullName;

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => lockFile.Dispose();
}
