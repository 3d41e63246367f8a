using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DetectorDsl.Annotations;

/// <summary>Tells whether a file is still the one that was read, without reading a large one whole.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Written">Time of the last change, in ticks of universal time.</param>
/// <param name="Sample">Hash of the file, or of pieces spread evenly over a large one, its beginning and end among them.</param>
internal readonly record struct FileFingerprint(long Length, long Written, UInt128 Sample)
{
    private const int Pieces = 64;
    private const int PieceSize = 1 << 14;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static FileFingerprint Of(string path)
    {
        using var file = InputFile.OpenRead(path, FileOptions.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceSize];
        var step = Math.Max(PieceSize, (file.Length - PieceSize) / (Pieces - 1));
        for (var start = 0L; start < file.Length; start += step)
        {
            file.Position = start;
            hash.AppendData(piece, 0, file.ReadAtLeast(piece, PieceSize, throwOnEndOfStream: false));
        }

        file.Position = Math.Max(0, file.Length - PieceSize);
        hash.AppendData(piece, 0, file.ReadAtLeast(piece, PieceSize, throwOnEndOfStream: false));
        return new FileFingerprint(
            file.Length,
            File.GetLastWriteTimeUtc(path).Ticks,
            BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset())
        );
    }
}
