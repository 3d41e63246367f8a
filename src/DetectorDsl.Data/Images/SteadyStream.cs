namespace DetectorDsl.Data.Images;

/// <summary>A stream that Skia reads from within: an exception must not pass through its native code, which would end the process.</summary>
/// <param name="inner">The stream; stays its owner's.</param>
internal sealed class SteadyStream(Stream inner) : Stream
{
    private Exception? failure;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => inner.CanSeek;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => inner.Length;

    /// <inheritdoc />
    public override long Position
    {
        get => inner.Position;
        set => Try(() => inner.Position = value);
    }

    /// <summary>Throws what reading has come to.</summary>
    /// <exception cref="IOException">A read failed; what was returned since then was an early end.</exception>
    public void ThrowIfFailed()
    {
        if (failure is not null)
        {
            throw failure as IOException ?? new IOException(failure.Message, failure);
        }
    }

    /// <summary>Reads all that is asked for, as Skia takes less for the end.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        Try(() => inner.ReadAtLeast(buffer.AsSpan(offset, count), count, throwOnEndOfStream: false));

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Try(() => inner.Seek(offset, origin));

    /// <inheritdoc />
    public override void Flush() { }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private T? Try<T>(Func<T> use)
    {
        try
        {
            return failure is null ? use() : default;
        }
        catch (Exception exception)
        {
            failure = exception;
            return default;
        }
    }
}
