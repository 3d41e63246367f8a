using System.Collections.Immutable;
using System.Text.Json;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Rendering;

/// <summary>
/// A long-tailed data set drawn by the program: JPEG files and LVIS-format annotations, exhaustive, the same on every machine for a seed.
/// </summary>
public static class RenderedDataSet
{
    private const int Version = 1;

    /// <summary>Writes the training images (<c>train.json</c>, <c>train/</c>), the balanced validation (<c>val.json</c>) and the one with the
    /// training set's frequencies (<c>val_natural.json</c>), unless the folder already holds them.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="step">Size of the data set.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public static void Write(string folder, RenderedStep step, long seed = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        var manifest = Path.Combine(folder, "manifest.json");
        var content = JsonSerializer.Serialize(new { version = Version, step = step.Name, seed, size = step.ImageSize, images = step.TrainImages, counts = RenderedCategories.Of(step).Select(category => category.InstanceCount) });
        if (File.Exists(manifest) && File.ReadAllText(manifest) == content)
        {
            progress?.Report(1);
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(manifest);
            var categories = RenderedCategories.Of(step);
            int[] training = [.. categories.Select(category => category.InstanceCount!.Value)];
            int[] balanced = [.. categories.Select(_ => step.ValidationPerClass)];
            var natural = Natural(training, step);
            var balancedImages = Math.Max(step.ValidationPerClass, (int)Math.Ceiling(balanced.Sum() / 6.0));
            var total = step.TrainImages + balancedImages + step.NaturalImages;
            var counter = new Counter(progress, total);
            WriteSplit(folder, "train", step, training, step.TrainImages, RandomKey(seed, 1), categories, counter, cancellation);
            WriteSplit(folder, "val", step, balanced, balancedImages, RandomKey(seed, 2), categories, counter, cancellation);
            WriteSplit(folder, "val_natural", step, natural, step.NaturalImages, RandomKey(seed, 3), categories, counter, cancellation);
            File.WriteAllText(manifest, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder}: the rendered data set cannot be written ({exception.Message}). Free space or choose another folder.", exception);
        }
    }

    // Shares of the training counts, rounded by largest remainder so that the total fits the images.
    private static int[] Natural(int[] training, RenderedStep step)
    {
        var share = (double)step.NaturalImages / step.TrainImages;
        return [.. training.Select(count => Math.Min(step.NaturalImages, (int)Math.Round(count * share)))];
    }

    private static long RandomKey(long seed, int split) => unchecked((seed * 4) + split);

    private static void WriteSplit(string folder, string split, RenderedStep step, int[] counts, int images, long key, ImmutableArray<Category> categories, Counter counter, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, split));
        var scenes = SceneAllocation.Distribute(counts, images, RandomSource.For(key, -1));
        var masks = new ImmutableArray<RleMask>[images];
        Parallel.For(0, images, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            var renderer = new SceneRenderer(step.ImageSize, step.BaseRadius);
            (var jpeg, masks[index]) = renderer.Render(scenes[index], RandomSource.For(key, index));
            File.WriteAllBytes(Path.Combine(folder, split, FileName(index)), jpeg);
            counter.Add();
        });
        var allIds = categories.Select(category => category.Id).ToArray();
        var annotations = ImmutableArray.CreateBuilder<InstanceAnnotation>();
        var records = ImmutableArray.CreateBuilder<AnnotatedImage>(images);
        for (var index = 0; index < images; index++)
        {
            var present = scenes[index].Select(label => categories[label].Id).ToHashSet();
            records.Add(new AnnotatedImage(index + 1, FileName(index), step.ImageSize, step.ImageSize) { NegativeCategoryIds = [.. allIds.Where(id => !present.Contains(id))] });
            for (var item = 0; item < scenes[index].Length; item++)
            {
                var mask = masks[index][item];
                annotations.Add(new InstanceAnnotation(annotations.Count + 1, index + 1, categories[scenes[index][item]].Id, mask.Bounds, mask.Area, new RleSegmentation(mask), false));
            }
        }

        using var stream = File.Create(Path.Combine(folder, $"{split}.json"));
        AnnotationWriter.Write(stream, new AnnotationSet(records.MoveToImmutable(), annotations.ToImmutable(), categories, []));
    }

    private static string FileName(int index) => $"{index + 1:D6}.jpg";

    private sealed class Counter(IProgress<double>? progress, int total)
    {
        private int done;

        public void Add() => progress?.Report((double)Interlocked.Increment(ref done) / total);
    }
}
