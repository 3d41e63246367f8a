using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace DetectorDsl.Annotations;

/// <summary>Checksums of what annotations say: one over everything, and one for each part of each annotation, so that a change can be
/// named.</summary>
/// <param name="Whole">SHA-256 over everything, in hexadecimal.</param>
/// <param name="Ids">Ids of the N annotations, in their order.</param>
/// <param name="Parts">N x P short checksums, those of an annotation side by side in the order of <see cref="PartNames" />.</param>
public sealed record AnnotationDigest(string Whole, ImmutableArray<long> Ids, ImmutableArray<int> Parts)
{
    /// <summary>What the P parts of an annotation are.</summary>
    public static ImmutableArray<string> PartNames { get; } = ["image", "class", "box", "polygon or mask", "crowd or ignore flag"];

    /// <summary>Takes the checksums.</summary>
    /// <param name="annotations">The annotations.</param>
    /// <returns>The checksums.</returns>
    public static AnnotationDigest Of(IEnumerable<InstanceAnnotation> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var ids = ImmutableArray.CreateBuilder<long>();
        var parts = ImmutableArray.CreateBuilder<int>();
        Span<long> numbers = stackalloc long[9];
        Span<byte> bytes = stackalloc byte[numbers.Length * sizeof(long)];
        foreach (var annotation in annotations)
        {
            var (form, outline) = annotation.Segmentation?.Pack() ?? (SegmentationForm.None, default);
            var box = annotation.Box;
            numbers[0] = annotation.Id;
            numbers[1] = annotation.ImageId;
            numbers[2] = annotation.CategoryId;
            numbers[3] = BitConverter.DoubleToInt64Bits(box.X);
            numbers[4] = BitConverter.DoubleToInt64Bits(box.Y);
            numbers[5] = BitConverter.DoubleToInt64Bits(box.Width);
            numbers[6] = BitConverter.DoubleToInt64Bits(box.Height);
            numbers[7] = (annotation.IsCrowd ? 1 : 0) + (annotation.IsIgnored ? 2 : 0);
            numbers[8] = ((long)form << 32) | (uint)outline.Length;
            for (var index = 0; index < numbers.Length; index++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes[(index * sizeof(long))..], numbers[index]);
            }

            whole.AppendData(bytes);
            whole.AppendData(outline.Span);
            ids.Add(annotation.Id);
            parts.AddRange(
                Checksum(numbers[1..2]),
                Checksum(numbers[2..3]),
                Checksum(numbers[3..7]),
                Checksum(numbers[8..], outline.Span),
                Checksum(numbers[7..8])
            );
        }

        return new AnnotationDigest(Convert.ToHexStringLower(whole.GetHashAndReset()), ids.DrainToImmutable(), parts.DrainToImmutable());
    }

    private static int Checksum(ReadOnlySpan<long> numbers, ReadOnlySpan<byte> bytes = default)
    {
        var sum = uint.MaxValue;
        foreach (var number in numbers)
        {
            sum = BitOperations.Crc32C(sum, (ulong)number);
        }

        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var rest in bytes)
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return unchecked((int)sum);
    }
}
