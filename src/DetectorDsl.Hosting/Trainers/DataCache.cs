using DetectorDsl.Annotations;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Rendering;
using DetectorDsl.Native.Files;

namespace DetectorDsl.Hosting.Trainers;

/// <summary>Where what programs make themselves is kept between runs: a folder of the user's, shared by all trainers.</summary>
public static class DataCache
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The rendered data set, written on first use. Two programs may ask at once: the second waits for the first.</summary>
    /// <remarks>
    /// The folder is <c>detectordsl/rendered/STEP-SEED</c> under XDG_CACHE_HOME, else under <c>~/.cache</c>, else under the user's folder for local data; where
    /// none of them can be written, under <c>out</c> beside the runs' own output, and at last in the folder for temporary files, in a folder of the user's own.
    /// </remarks>
    /// <param name="step">Size of the data set.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <returns>The data folder.</returns>
    /// <exception cref="IOException">No folder can be written, and the message says what to do; or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string Rendered(
        RenderedStep step,
        long seed,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(step);
        var folder = Path.Combine(FolderOfRendered(), FormattableString.Invariant($"{step.Name}-{seed}"));
        using var hold = Hold(folder + ".lock", cancellation);
        RenderedDataSet.Write(folder, step, seed, progress, cancellation);
        return folder;
    }

    /// <summary>What is kept of large annotation files, in <c>detectordsl/annotations</c> of the user's folders; where none can be written, nothing is kept.</summary>
    /// <returns>The cache.</returns>
    public static AnnotationCache Annotations() =>
        CacheRoots.Writable("annotations") is { } folder ? new AnnotationCache(folder) : AnnotationCache.None;

    /// <summary>What is known of the files of an image folder, in <c>detectordsl/images</c> of the user's folders; where none can be written, nothing is kept.</summary>
    /// <param name="folder">The image folder.</param>
    /// <returns>The verdicts.</returns>
    public static ImageVerdicts Images(string folder) => ImageVerdicts.Open(CacheRoots.Writable("images"), folder);

    // Not a cache only: the data set has to lie somewhere.
    private static string FolderOfRendered()
    {
        var beside = Path.GetFullPath(Path.Combine("out", "rendered"));
        var own = Path.Combine(Path.GetTempPath(), $"detectordsl-{Environment.UserName}");
        return CacheRoots.Writable("rendered")
            ?? (CacheRoots.IsWritable(beside) ? beside : null)
            ?? (CacheRoots.IsWritable(own) && PrivatePath.IsOwnThroughout(own) ? own : null)
            ?? throw new IOException(
                $"The rendered data set finds no place: neither the user's folders nor {beside} can be written, and {own} cannot be made or is not this user's alone. Set XDG_CACHE_HOME to a folder that can be written."
            );
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
