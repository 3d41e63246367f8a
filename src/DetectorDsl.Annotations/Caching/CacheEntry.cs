using System.Security.Cryptography;

namespace DetectorDsl.Annotations;

/// <summary>A file of the cache: mark, fingerprint of the source, two lengths, lists, their checksum, segmentations, their checksum.</summary>
internal static class CacheEntry
{
    // The last character counts the forms that there have been.
    private static ReadOnlySpan<byte> Mark => "DDSLANN3"u8;

    /// <summary>The set; null where the file is missing, damaged, of another form, or of another source.</summary>
    /// <param name="entry">The cache's file.</param>
    /// <param name="fingerprint">The source as it is now.</param>
    /// <param name="source">The source, which problems name.</param>
    public static AnnotationSet? TryRead(string entry, FileFingerprint fingerprint, string source)
    {
        try
        {
            using var file = new FileStream(
                entry,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                1,
                FileOptions.SequentialScan
            );
            var start = Start(fingerprint);
            var found = ReadBytes(file, start.Length);
            if (!found.AsSpan().SequenceEqual(start))
            {
                return null;
            }

            var lengths = ReadBytes(file, 2 * sizeof(long));
            var (lists, segmentations) = (BitConverter.ToInt64(lengths), BitConverter.ToInt64(lengths, sizeof(long)));
            if (
                lists < 0
                || segmentations < 0
                || lists > Array.MaxLength
                || segmentations > Array.MaxLength
                || file.Length != start.Length + lengths.Length + lists + segmentations + (2L * SHA256.HashSizeInBytes)
            )
            {
                return null;
            }

            var listBytes = ReadBytes(file, (int)lists);
            if (!ReadBytes(file, SHA256.HashSizeInBytes).AsSpan().SequenceEqual(SHA256.HashData(listBytes)))
            {
                return null;
            }

            var segmentationBytes = ReadBytes(file, (int)segmentations);
            var checksum = ReadBytes(file, SHA256.HashSizeInBytes);
            var isWhole = Task.Run(() => checksum.AsSpan().SequenceEqual(SHA256.HashData(segmentationBytes)));
            var set = PackedSet.Unpack(listBytes, segmentationBytes, source);
            return isWhole.GetAwaiter().GetResult() ? set : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AnnotationException)
        {
            return null;
        }
    }

    /// <summary>Writes the file, whole or not at all; where that is impossible, nothing is said, since the source is there.</summary>
    public static void TryWrite(string entry, FileFingerprint fingerprint, AnnotationSet set)
    {
        var temporary = $"{entry}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}{FileManifest.PartEnding}";
        try
        {
            var manifest = new FileManifest(Path.GetDirectoryName(entry)!);
            manifest.RemoveParts();
            manifest.Enter(Path.GetFileName(temporary));

            // Open until it has its name, so that nobody takes it for a part of a program that was killed.
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Delete, 1 << 20))
            {
                var (lists, length) = PackedSet.PackLists(set);
                file.Write(Start(fingerprint));
                file.Write(BitConverter.GetBytes((long)lists.Length));
                file.Write(BitConverter.GetBytes(length));
                file.Write(lists);
                file.Write(SHA256.HashData(lists));
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                foreach (var annotation in set.Annotations)
                {
                    if (annotation.Segmentation?.Pack().Bytes is { } bytes)
                    {
                        file.Write(bytes.Span);
                        hash.AppendData(bytes.Span);
                    }
                }

                file.Write(hash.GetHashAndReset());
                file.Flush();
                File.Move(temporary, entry, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
        }
    }

    private static byte[] Start(FileFingerprint fingerprint) =>
        [
            .. Mark,
            .. BitConverter.GetBytes(fingerprint.Length),
            .. BitConverter.GetBytes(fingerprint.Written),
            .. BitConverter.GetBytes(fingerprint.Sample),
        ];

    private static byte[] ReadBytes(FileStream file, int count)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { }
    }
}
