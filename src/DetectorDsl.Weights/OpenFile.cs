using DetectorDsl.Annotations;
using Microsoft.Win32.SafeHandles;

namespace DetectorDsl.Weights;

/// <summary>A file that is opened once: all that is read through it is of one state, whatever takes its name meanwhile.</summary>
internal sealed class OpenFile : IDisposable
{
    private readonly SafeFileHandle handle;

    private OpenFile(string path, SafeFileHandle handle) => (Path, this.handle, Length) = (path, handle, RandomAccess.GetLength(handle));

    /// <summary>The name that it was opened by.</summary>
    public string Path { get; }

    /// <summary>Bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">A regular file.</param>
    /// <exception cref="WeightsException">It is missing, or no regular file.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static OpenFile Of(string path)
    {
        if (!File.Exists(path))
        {
            throw new WeightsException($"{path}: no such weights file. Check the path.");
        }

        try
        {
            InputFile.RequireRegular(path);
        }
        catch (IOException exception)
        {
            throw new WeightsException($"{path}: {exception.Message} Check the path, or copy the file again.");
        }

        return new OpenFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
    }

    /// <summary>Reads a part. Safe on several threads.</summary>
    /// <param name="target">Filled whole.</param>
    /// <param name="offset">Place of the first byte.</param>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public void Read(Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            var count = RandomAccess.Read(handle, target, offset);
            if (count == 0)
            {
                throw new EndOfStreamException($"{target.Length} bytes are wanted from byte {offset} of {Length}.");
            }

            target = target[count..];
            offset += count;
        }
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose() => handle.Dispose();
}
