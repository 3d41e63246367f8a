using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DetectorDsl.Data.Rendering;

/// <summary>
/// A long-tailed data set drawn by the program: JPEG files and LVIS-format annotations, exhaustive, with the same bytes for the same seed
/// whatever the number of processors.
/// </summary>
public static class RenderedDataSet
{
    private const int Version = 1;

    // The validation images stay the same when the training images' seed changes, so that runs are judged alike.
    private const long ValidationSeed = 2021;

    private static readonly JsonSerializerOptions ManifestForm = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes the training images (<c>train.json</c>, <c>train/</c>), the balanced validation (<c>val.json</c>) and the one with the
    /// training set's frequencies (<c>val_natural.json</c>), unless the folder already holds them.</summary>
    /// <param name="folder">The folder; created where it is missing. One that holds other files is refused.</param>
    /// <param name="step">Size of the data set.</param>
    /// <param name="seed">Seed of the training images; the validation images have one of their own.</param>
    /// <param name="progress">Told the share that is done, rising from 0 to 1.</param>
    /// <param name="cancellation">Stops between two images; the next call begins anew.</param>
    /// <exception cref="IOException">The folder holds other files or cannot be written, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(
        string folder,
        RenderedStep step,
        long seed = 0,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            using var held = RenderedFolder.Hold(folder, cancellation);
            var splits = Splits(step, seed);
            var content = Content(step, seed, splits);
            if (!held.Holds(content))
            {
                held.Begin(splits.Select(split => split.Name));
                var counter = new Counter(progress, splits.Sum(split => split.Images));
                var categories = RenderedCategories.Of(step);
                foreach (var split in splits)
                {
                    split.Write(folder, step, categories, counter.Add, cancellation);
                }

                held.Complete(content);
            }

            progress?.Report(1);
        }
        catch (AggregateException exception) when (exception.InnerExceptions[0] is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, exception.InnerExceptions[0]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, exception);
        }
    }

    private static ImmutableArray<RenderedSplit> Splits(RenderedStep step, long seed)
    {
        ImmutableArray<int> training = [.. RenderedCategories.Of(step).Select(category => category.InstanceCount!.Value)];
        ImmutableArray<int> balanced = [.. training.Select(_ => step.ValidationPerClass)];
        var share = (double)step.NaturalImages / step.TrainImages;
        return
        [
            new("train", training, step.TrainImages, seed, 1),
            new(
                "val",
                balanced,
                Math.Max(step.ValidationPerClass, (int)Math.Ceiling(balanced.Sum() / step.ObjectsPerValidationImage)),
                ValidationSeed,
                2
            ),
            new("val_natural", [.. training.Select(count => (int)Math.Round(count * share))], step.NaturalImages, ValidationSeed, 3),
        ];
    }

    private static string Content(RenderedStep step, long seed, ImmutableArray<RenderedSplit> splits) =>
        JsonSerializer.Serialize(
            new
            {
                version = Version,
                step = step.Name,
                seed,
                size = step.ImageSize,
                radius = step.UnusualRadius,
                firstFamily = step.FirstFamily == 0 ? null : (int?)step.FirstFamily,
                splits = splits.Select(split => new
                {
                    split.Name,
                    split.Images,
                    split.Counts,
                }),
            },
            ManifestForm
        );

    private static IOException Unwritable(string folder, Exception cause) =>
        new(
            $"{folder}: the rendered data set cannot be written: {cause.Message.TrimEnd('.')}. Free space, or choose another folder.",
            cause
        );

    private sealed class Counter(IProgress<double>? progress, int total)
    {
        private readonly Lock turn = new();
        private int done;

        public void Add()
        {
            lock (turn)
            {
                progress?.Report((double)++done / total);
            }
        }
    }
}
