using DetectorDsl.Annotations;
using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Runtime.Hosting;

/// <summary>Where what programs make themselves is kept between runs: a folder of the user's, shared by all trainers.</summary>
public static class DataCache
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The rendered data set, written on first use. Two programs may ask at once: the second waits for the first.</summary>
    /// <remarks>The folder is <c>detectordsl/rendered/STEP-SEED</c> under XDG_CACHE_HOME, else under <c>~/.cache</c>, else under the user's folder for local data; where none of them can be written, under <c>out</c> beside the runs' own output.</remarks>
    /// <param name="step">Size of the data set.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <returns>The data folder.</returns>
    /// <exception cref="IOException">No folder can be written, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string Rendered(RenderedStep step, long seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        var folder = Path.Combine(Folder("rendered"), FormattableString.Invariant($"{step.Name}-{seed}"));
        using var hold = Hold(folder + ".lock", cancellation);
        RenderedDataSet.Write(folder, step, seed, progress, cancellation);
        return folder;
    }

    /// <summary>What is kept of large annotation files, in <c>detectordsl/annotations</c> of the same places.</summary>
    /// <returns>The cache.</returns>
    public static AnnotationCache Annotations() => new(Folder("annotations"));

    private static string Folder(string kind)
    {
        string?[] roots =
        [
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
            Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : null,
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
        ];
        foreach (var root in roots.Where(root => !string.IsNullOrEmpty(root)))
        {
            var folder = Path.Combine(root!, "detectordsl", kind);
            if (IsWritable(folder))
            {
                return folder;
            }
        }

        return Directory.CreateDirectory(Path.GetFullPath(Path.Combine("out", kind))).FullName;
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, $".{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Not deleted on closing: whoever waits on a deleted file would hold nothing.
    private static FileStream Hold(string path, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                cancellation.WaitHandle.WaitOne(Pause);
            }
        }
    }
}
