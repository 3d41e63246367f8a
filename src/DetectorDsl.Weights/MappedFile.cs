using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace DetectorDsl.Weights;

/// <summary>A part of a file, mapped into memory for reading: nothing is copied, and what is not looked at is not read.</summary>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly MemoryMappedFile? file;
    private readonly MemoryMappedViewAccessor? view;
    private readonly byte* start;
    private readonly int length;

    private MappedFile(MemoryMappedFile? file, MemoryMappedViewAccessor? view, int length)
    {
        (this.file, this.view, this.length) = (file, view, length);
        if (view is not null)
        {
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
        }
    }

    /// <summary>Maps a part.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static MappedFile Open(string path, long offset, int length)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            if (offset < 0 || length < 0 || length > stream.Length - offset)
            {
                throw new EndOfStreamException($"{length} bytes are wanted from byte {offset} of {stream.Length}.");
            }

            if (length == 0)
            {
                stream.Dispose();
                return new MappedFile(null, null, 0);
            }

            var file = MemoryMappedFile.CreateFromFile(
                stream,
                null,
                0,
                MemoryMappedFileAccess.Read,
                HandleInheritability.None,
                leaveOpen: false
            );
            try
            {
                return new MappedFile(file, file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read), length);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Maps the beginning: all of a file, or as much as one piece of memory can be.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static MappedFile Beginning(string path) => Open(path, 0, (int)Math.Min(new FileInfo(path).Length, int.MaxValue));

    /// <inheritdoc />
    public override Span<byte> GetSpan() => new(start, length);

    /// <inheritdoc />
    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    /// <inheritdoc />
    public override void Unpin() { }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && view is not null)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file!.Dispose();
        }
    }
}
