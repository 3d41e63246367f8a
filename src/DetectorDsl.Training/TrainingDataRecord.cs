using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using DetectorDsl.Annotations;
using DetectorDsl.Torch.Operators;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <summary>
/// What training sees of its data, beside the checkpoints of a run: checksums of its annotations, sizes of its images, and the images'
/// files. A run is resumed on the same data only, and a change is named.
/// </summary>
/// <param name="Annotations">Checksums of the annotations of the images used.</param>
/// <param name="Sizes">Id, width and height of each of the M images, side by side.</param>
/// <param name="Files">The files of the images.</param>
internal sealed record TrainingDataRecord(AnnotationDigest Annotations, ImmutableArray<long> Sizes, ImmutableArray<ImageFileRecord> Files)
{
    public const string Name = "data.safetensors";

    private const int MostNamed = 5;

    /// <summary>The record of the data at hand; files that have been read are known by their content.</summary>
    public static TrainingDataRecord Of(TrainingImages images)
    {
        var data = images.Data!;
        var used = data.Images.Select(image => image.Id).ToHashSet();
        var files = new ImageFileRecord[data.Images.Length];
        Parallel.For(0, files.Length, index => files[index] = ImageFileRecord.Of(data.PathOf(index)) ?? default);
        return new TrainingDataRecord(
            AnnotationDigest.Of(data.Annotations.Mended().Annotations.Where(annotation => used.Contains(annotation.ImageId))),
            [.. data.Images.SelectMany(image => new long[] { image.Id, image.Width, image.Height })],
            ImmutableCollectionsMarshal.AsImmutableArray(files)
        ).WithContents(images);
    }

    /// <summary>The same with what is known of the files' contents by now.</summary>
    public TrainingDataRecord WithContents(TrainingImages images) =>
        this with
        {
            Files = [.. Files.Select((file, index) => file with { Content = images.ContentOf(index) })],
        };

    /// <summary>Reads the record of a run.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="annotations">The checksum that the run's checkpoint states.</param>
    /// <returns>The record; null where there is none that belongs to the checkpoint.</returns>
    public static TrainingDataRecord? TryRead(string path, string annotations)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var file = WeightsFile.Open(path);
            if (file.Metadata.GetValueOrDefault("annotations") != annotations)
            {
                return null;
            }

            var (lengths, times, contents) = (Longs(file, "files.length"), Longs(file, "files.time"), Longs(file, "files.content"));
            return new TrainingDataRecord(
                new AnnotationDigest(
                    annotations,
                    Longs(file, "annotations.id"),
                    [.. CpuMemory.Span<int>(CpuMemory.Contiguous(file.Read("annotations.parts"), ScalarType.Int32))]
                ),
                Longs(file, "images.size"),
                [.. lengths.Select((length, index) => new ImageFileRecord(length, times[index], contents[index]))]
            );
        }
        catch (Exception exception) when (exception is WeightsException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the record.</summary>
    /// <param name="output">The run's folder.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public void Write(OutputFolder output)
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            Name,
            [
                KeyValuePair.Create("annotations.id", tensor(Annotations.Ids.AsSpan().ToArray())),
                KeyValuePair.Create("annotations.parts", tensor(Annotations.Parts.AsSpan().ToArray())),
                KeyValuePair.Create("images.size", tensor(Sizes.AsSpan().ToArray())),
                KeyValuePair.Create("files.length", tensor(Files.Select(file => file.Length).ToArray())),
                KeyValuePair.Create("files.time", tensor(Files.Select(file => file.Time).ToArray())),
                KeyValuePair.Create("files.content", tensor(Files.Select(file => file.Content).ToArray())),
            ],
            new Dictionary<string, string> { ["annotations"] = Annotations.Whole },
            hasChecksum: true,
            output.Write
        );
    }

    /// <summary>What is another thing now.</summary>
    /// <param name="now">The data at hand.</param>
    /// <param name="pathOf">Path of each image.</param>
    /// <returns>The first few changes, such as <c>annotation 17: another box</c>; empty where training sees the same.</returns>
    public IReadOnlyList<string> ChangesTo(TrainingDataRecord now, Func<int, string> pathOf)
    {
        var changes = AnnotationChanges(now).Concat(SizeChanges(now)).Take(MostNamed + 1).ToList();
        if (changes.Count == 0 && Annotations.Whole == now.Annotations.Whole && Sizes.AsSpan().SequenceEqual(now.Sizes.AsSpan()))
        {
            var isStill = new bool[Files.Length];
            Parallel.For(0, Files.Length, index => isStill[index] = Files[index].IsStill(pathOf(index)));
            changes =
            [
                .. Enumerable
                    .Range(0, Files.Length)
                    .Where(index => !isStill[index])
                    .Take(MostNamed + 1)
                    .Select(index => $"image {Id(this, index)}: another file ({pathOf(index)})"),
            ];
        }
        else if (changes.Count == 0)
        {
            changes = ["the images or annotations are in another order"];
        }

        return changes.Count > MostNamed ? [.. changes.Take(MostNamed), "and more"] : changes;
    }

    private static long Id(TrainingDataRecord record, int index) => record.Sizes[3 * index];

    private static ImmutableArray<long> Longs(WeightsFile file, string name) =>
        [.. CpuMemory.Span<long>(CpuMemory.Contiguous(file.Read(name), ScalarType.Int64))];

    private IEnumerable<string> AnnotationChanges(TrainingDataRecord now)
    {
        var places = new Dictionary<long, int>(now.Annotations.Ids.Length);
        for (var index = 0; index < now.Annotations.Ids.Length; index++)
        {
            places.TryAdd(now.Annotations.Ids[index], index);
        }

        var count = AnnotationDigest.PartNames.Length;
        for (var index = 0; index < Annotations.Ids.Length; index++)
        {
            if (!places.Remove(Annotations.Ids[index], out var place))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"annotation {Annotations.Ids[index]} is gone");
                continue;
            }

            var (before, after) = (
                Annotations.Parts.AsMemory().Slice(index * count, count),
                now.Annotations.Parts.AsMemory().Slice(place * count, count)
            );
            if (!before.Span.SequenceEqual(after.Span))
            {
                var parts = Enumerable
                    .Range(0, count)
                    .Where(part => before.Span[part] != after.Span[part])
                    .Select(part => $"another {AnnotationDigest.PartNames[part]}");
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"annotation {Annotations.Ids[index]}: {string.Join(", ", parts)}"
                );
            }
        }

        foreach (var id in places.Keys)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"annotation {id} is new");
        }
    }

    private IEnumerable<string> SizeChanges(TrainingDataRecord now)
    {
        var sizes = Enumerable
            .Range(0, now.Files.Length)
            .ToDictionary(index => Id(now, index), index => now.Sizes.AsMemory().Slice(3 * index, 3));
        return Enumerable
            .Range(0, Files.Length)
            .Where(index =>
                !(sizes.TryGetValue(Id(this, index), out var size) && size.Span.SequenceEqual(Sizes.AsSpan().Slice(3 * index, 3)))
            )
            .Select(index => $"image {Id(this, index)} is gone or has another size");
    }
}
