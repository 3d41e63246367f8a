namespace DetectorDsl.Annotations;

/// <summary>Many small pieces of bytes in few large blocks, which the garbage collector need not count one by one.</summary>
internal sealed class ByteStore
{
    private const int BlockSize = 1 << 20;

    private byte[] block = [];
    private int used;

    /// <summary>Keeps a copy of some bytes.</summary>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BlockSize / 4)
        {
            return bytes.ToArray();
        }

        if (bytes.Length > block.Length - used)
        {
            (block, used) = (new byte[BlockSize], 0);
        }

        bytes.CopyTo(block.AsSpan(used));
        var piece = new ReadOnlyMemory<byte>(block, used, bytes.Length);
        used += bytes.Length;
        return piece;
    }
}
