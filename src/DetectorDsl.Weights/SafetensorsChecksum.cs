using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>
/// The SHA-256 of a whole safetensors file, kept among its own free texts: over the header with zeros in the checksum's place, then over
/// the values. A flipped bit anywhere changes it.
/// </summary>
internal static class SafetensorsChecksum
{
    /// <summary>Name of the text.</summary>
    public const string Key = "checksum";

    /// <summary>What stands in the text's place while the checksum is taken.</summary>
    public static readonly string Blank = new('0', 2 * SHA256.HashSizeInBytes);

    private const int Piece = 1 << 20;

    /// <summary>Puts the checksum into a header that holds <see cref="Blank" />.</summary>
    public static void Enter(Span<byte> header, IEnumerable<Tensor> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var value in values)
        {
            hash.AppendData(value.bytes);
        }

        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()), header[Place(header)..]);
    }

    /// <summary>Whether a file is what it was when it was written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header; changed.</param>
    /// <param name="start">Place of the first value.</param>
    /// <param name="stated">The checksum that its texts hold.</param>
    /// <exception cref="EndOfStreamException">The file ends early.</exception>
    public static bool Holds(OpenFile file, Span<byte> header, long start, string stated)
    {
        var place = Place(header);
        if (place < 0 || stated.Length != Blank.Length || place + Blank.Length > header.Length)
        {
            return false;
        }

        Encoding.ASCII.GetBytes(Blank, header[place..]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (var at = start; at < file.Length; )
            {
                var part = piece.AsSpan(0, (int)Math.Min(Piece, file.Length - at));
                file.Read(part, at);
                hash.AppendData(part);
                at += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return stated == Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Quotes within texts are escaped, so that this stands for the name alone; a tensor of the name is followed by an object.
    private static int Place(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> name = "\"checksum\":\""u8;
        var found = header.IndexOf(name);
        return found < 0 ? -1 : found + name.Length;
    }
}
