using System.Buffers;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>
/// Cuts a results file into pieces that can be read on their own. A cut is made where one entry seems to end and the next to begin; that it is
/// one is known only once the piece before has been read to its end.
/// </summary>
internal sealed class ChunkStream(Stream stream)
{
    private const int PieceLength = 1 << 20;

    private byte[] carried = [];
    private bool isFirst = true;

    /// <summary>Whether the last piece has been handed out.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The next piece: a list's opening bracket and entries; the last one ends as the file ends. Its array is rented from the shared pool.</summary>
    public ArraySegment<byte> Next()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength + carried.Length);
        carried.CopyTo(buffer, 0);
        var count = carried.Length;
        carried = [];
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(count), buffer.Length - count, throwOnEndOfStream: false);
            var start = SkipMark(buffer, count + read);
            if (read < buffer.Length - count)
            {
                IsAtEnd = true;
                return new ArraySegment<byte>(buffer, start, count + read - start);
            }

            count += read;
            var cut = LastCut(buffer.AsSpan(0, count));
            if (cut > 0)
            {
                carried = buffer[cut..count];
                carried[0] = (byte)'[';
                isFirst = false;
                return new ArraySegment<byte>(buffer, start, cut - start);
            }

            // One entry is larger than the buffer.
            if (count >= InputBudget.LargestEntry)
            {
                throw new InvalidDataException($"an entry takes more than {InputBudget.LargestEntry >> 20} MiB, as no detection does.");
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    /// <summary>The place of the last comma between a closing and an opening brace; 0 where there is none.</summary>
    internal static int LastCut(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0)
        {
            var brace = bytes[..end].LastIndexOf((byte)'{');
            if (brace < 0)
            {
                return 0;
            }

            var comma = SkipBlanks(bytes, brace - 1);
            if (comma > 0 && bytes[comma] == ',')
            {
                var closing = SkipBlanks(bytes, comma - 1);
                if (closing >= 0 && bytes[closing] == '}')
                {
                    return comma;
                }
            }

            end = brace;
        }

        return 0;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> bytes, int place)
    {
        while (place >= 0 && bytes[place] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            place--;
        }

        return place;
    }

    private int SkipMark(byte[] buffer, int count) => isFirst && buffer.AsSpan(0, count).StartsWith("\uFEFF"u8) ? 3 : 0;
}
