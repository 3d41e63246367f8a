using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Loading;
using DetectorDsl.Data.Rendering;
using DetectorDsl.Data.Sampling;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Tests.Loading;

/// <summary>The whole way from files to batches: sampler, decoder, augmentation, padding, threads.</summary>
public sealed class LoadedBatchTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly DetectionDataset data;

    public LoadedBatchTests()
    {
        RenderedDataSet.Write(folder.Path, RenderedStep.Small);
        var split = DataFolder.Training(folder.Path);
        data = DetectionDataset.Open(
            split.AnnotationFile,
            split.ImageFolder,
            [.. RenderedCategories.Of(RenderedStep.Small).Select(category => (category.Id, category.Name))],
            forTraining: true
        );
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryBitIsTheSameWhateverTheThreads()
    {
        var alone = Digest(threads: 1, seed: 4);
        Assert.Equal(alone, Digest(threads: 5, seed: 4));
        Assert.NotEqual(alone, Digest(threads: 1, seed: 5));
    }

    /// <summary>Each of them draws other images and has numbers of its own; none may depend on who is asked first.</summary>
    [Fact]
    public void SamplesThatJoinOthers_AreTheSameWhateverTheThreads()
    {
        IAugmentation[] augmentations =
        [
            new MinIouCrop([0.1, 0.5], 0.5, 2, 0.2, true),
            new LargeScaleJitter(96, 96, 0.5, 1.5, 128, 0, true),
            new HorizontalFlip(0.5),
            new CopyPaste(0.8, 5, 0.1),
            new PhotometricDistortion(0.5, 32, 0.5, 1.5, 0.5, 1.5, 18, true),
            new Mosaic(96, 96, 0.5, 0.5, 1.5, 114, 0.1, true),
            new RandomCrop(96, 96, false, 0.1, true),
        ];
        var alone = Digest(threads: 1, seed: 4, augmentations);
        Assert.Equal(alone, Digest(threads: 5, seed: 4, augmentations));
        Assert.NotEqual(alone, Digest(threads: 1, seed: 5, augmentations));
    }

    [Fact]
    public void AnUnreadableImage_ReachesTheConsumerByNameAndId()
    {
        File.WriteAllText(data.PathOf(7), "overwritten");
        using var loader = Load(threads: 3, seed: 4);
        var exception = Assert.Throws<ImageException>(() =>
        {
            while (loader.Next() is { } batch)
            {
                batch.Dispose();
            }
        });
        Assert.Contains($"image 8: {data.PathOf(7)}", exception.Message, StringComparison.Ordinal);
    }

    // Hash of pixels, boxes, labels and masks of two epochs.
    private string Digest(int threads, long seed, IReadOnlyList<IAugmentation>? augmentations = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var loader = Load(threads, seed, augmentations);
        var batches = 0;
        while (loader.Next() is { } batch)
        {
            using (batch)
            {
                hash.AppendData(batch.Bytes);
                batches++;
            }
        }

        Assert.Equal(30, batches);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private PrefetchingLoader<Batch> Load(int threads, long seed, IReadOnlyList<IAugmentation>? augmentations = null)
    {
        var sampler = new RepeatFactorSampler(data.ClassIndex(), 0, stochastic: true, seed);
        int[] order = [.. sampler.Epoch(0), .. sampler.Epoch(1)];
        var pipeline = new AugmentationPipeline(
            data.Images.Length,
            data.Read,
            augmentations ?? [new Resize([96, 128, 160], 200), new HorizontalFlip(0.5)]
        );
        var pixels = new BatchPixels([120, 120, 120], [60, 60, 60], 32);
        return new PrefetchingLoader<Batch>(
            (number, _) => number * 4 < order.Length ? Prepare(number) : null,
            threads,
            lookAhead: 4,
            first: 0,
            CancellationToken.None
        );

        Batch Prepare(long number)
        {
            var samples = order
                .Skip((int)number * 4)
                .Take(4)
                .Select((image, place) => pipeline.Make(image, RandomSource.For(seed, number, place)))
                .ToList();
            var (height, width) = pixels.PaddedSize(samples.Select(sample => sample.Image));
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            var values = new float[height * width * 3];
            foreach (var sample in samples)
            {
                pixels.Write(sample.Image, values, height, width);
                writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
                foreach (var item in sample.Objects)
                {
                    writer.Write(item.Label);
                    writer.Write(item.Box.X + (item.Box.Y * 3) + (item.Box.Width * 5) + (item.Box.Height * 7));
                    writer.Write(item.Segmentation!.ToMask(sample.Image.Height, sample.Image.Width).ToText());
                }
            }

            return new Batch(stream.ToArray());
        }
    }

    private sealed record Batch(byte[] Bytes) : IDisposable
    {
        public void Dispose() { }
    }
}
