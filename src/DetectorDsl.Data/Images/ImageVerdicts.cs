using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace DetectorDsl.Data.Images;

/// <summary>What decoding the files of an image folder came to. It is kept between runs, and holds of a file as long as its length and time of change stay.</summary>
/// <remarks>Several threads may ask at once. What cannot be kept is done without.</remarks>
public sealed class ImageVerdicts
{
    private const string Mark = "detectordsl images 1";

    private readonly ConcurrentDictionary<string, Verdict> verdicts = new(StringComparer.Ordinal);
    private readonly string? kept;
    private int decoded;

    private ImageVerdicts(string? kept) => this.kept = kept;

    /// <summary>How many files were decoded, since nothing was known of them.</summary>
    public int Decoded => decoded;

    /// <summary>Opens what is kept of an image folder.</summary>
    /// <param name="folder">Where such is kept; null keeps nothing.</param>
    /// <param name="images">The image folder.</param>
    /// <returns>The verdicts; empty where nothing is kept, or what is there is damaged.</returns>
    public static ImageVerdicts Open(string? folder, string images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var full = Path.GetFullPath(images);
        var file = folder is null
            ? null
            : Path.Combine(
                folder,
                $"{Path.GetFileName(full)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)).AsSpan(0, 8))}.images"
            );
        var opened = new ImageVerdicts(file);
        opened.Load();
        return opened;
    }

    /// <summary>Height and width of an image, upright, once all of it has been decoded.</summary>
    /// <param name="path">The image file.</param>
    /// <returns>Pixels.</returns>
    /// <exception cref="ImageException">It cannot be decoded.</exception>
    public (int Height, int Width) ReadSize(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = new FileInfo(path);
        var (length, written) = file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : (-1, 0);
        if (!verdicts.TryGetValue(path, out var verdict) || verdict.Length != length || verdict.Written != written)
        {
            verdict = Decode(path, length, written);
            verdicts[path] = verdict;
        }

        return verdict.Problem.Length == 0 ? (verdict.Height, verdict.Width) : throw new ImageException(verdict.Problem);
    }

    /// <summary>Keeps the verdicts for the next run, where something new was learnt.</summary>
    public void Keep()
    {
        if (kept is null || decoded == 0)
        {
            return;
        }

        var temporary = $"{kept}.{Guid.NewGuid():n}";
        try
        {
            using (var writer = new BinaryWriter(File.Create(temporary)))
            {
                writer.Write(Mark);
                foreach (var (path, verdict) in verdicts)
                {
                    writer.Write(path);
                    writer.Write(verdict.Length);
                    writer.Write(verdict.Written);
                    writer.Write(verdict.Height);
                    writer.Write(verdict.Width);
                    writer.Write(verdict.Problem);
                }
            }

            File.Move(temporary, kept, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    private Verdict Decode(string path, long length, long written)
    {
        Interlocked.Increment(ref decoded);
        try
        {
            var image = ImageDecoder.Read(path);
            return new Verdict(length, written, image.Height, image.Width, "");
        }
        catch (ImageException exception)
        {
            return new Verdict(length, written, 0, 0, exception.Message);
        }
    }

    private void Load()
    {
        if (kept is null || !File.Exists(kept))
        {
            return;
        }

        try
        {
            using var reader = new BinaryReader(File.OpenRead(kept));
            if (reader.ReadString() != Mark)
            {
                return;
            }

            while (reader.BaseStream.Position < reader.BaseStream.Length)
            {
                verdicts[reader.ReadString()] = new Verdict(
                    reader.ReadInt64(),
                    reader.ReadInt64(),
                    reader.ReadInt32(),
                    reader.ReadInt32(),
                    reader.ReadString()
                );
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            verdicts.Clear();
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { }
    }

    private readonly record struct Verdict(long Length, long Written, int Height, int Width, string Problem);
}
