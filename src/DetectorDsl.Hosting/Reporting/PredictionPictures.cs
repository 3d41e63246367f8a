using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Evaluation;
using DetectorDsl.Training;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Pictures of what was predicted beside what is annotated.</summary>
internal static class PredictionPictures
{
    /// <summary>Writes a number of images of the data set, spread evenly over it.</summary>
    public static void Write(
        OutputFolder output,
        DetectionDataset data,
        ImmutableArray<ImagePrediction> predictions,
        ImmutableArray<Category> categories,
        int count,
        double lowestScore
    )
    {
        var labels = categories.Select((category, label) => (category.Id, label)).ToDictionary(pair => pair.Id, pair => pair.label);
        var truth = data.Annotations.Mended().ByImage();
        var wanted = Math.Min(count, predictions.Length);
        Parallel.For(0, wanted, i =>
        {
            var prediction = predictions[(int)((long)i * predictions.Length / wanted)];
            var record = data.Images[prediction.Index];
            var annotated = (truth.GetValueOrDefault(record.Id) ?? [])
                .Where(item => !item.IsRegion)
                .Select(item => new DrawnObject(
                    labels[item.CategoryId],
                    Name(categories[labels[item.CategoryId]]),
                    item.Box,
                    item.Segmentation?.ToMask(record.Height, record.Width)
                ));
            if (TryRead(data, prediction.Index) is not { } image)
            {
                return;
            }

            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{RunFiles.Pictures}{PictureFileName.Stem(record.FileName)}-{record.Id}.jpg"
            );
            output.WriteBeside(name, stream =>
                PictureWriter.WriteComparison(stream, image, [.. annotated], Drawn(prediction.Results, categories, labels, lowestScore))
            );
        });
    }

    // It could be read when it was evaluated; a picture less is no reason to lose the rest.
    private static RgbImage? TryRead(DetectionDataset data, int index)
    {
        try
        {
            return data.Read(index).Image;
        }
        catch (ImageException)
        {
            return null;
        }
    }

    /// <summary>Detections as they are drawn: those at or above a score, the best on top.</summary>
    public static ImmutableArray<DrawnObject> Drawn(
        IEnumerable<DetectionResult> results,
        ImmutableArray<Category> categories,
        IReadOnlyDictionary<int, int> labels,
        double lowestScore
    ) =>
        [
            .. results
                .Where(result => result.Score >= lowestScore)
                .Reverse()
                .Select(result => new DrawnObject(
                    labels[result.CategoryId],
                    string.Create(CultureInfo.InvariantCulture, $"{Name(categories[labels[result.CategoryId]])} {result.Score:F2}"),
                    result.Box!.Value,
                    result.Mask
                )),
        ];

    /// <summary>What a class is called in pictures, whose font has no letters beyond ASCII.</summary>
    public static string Name(Category category) =>
        StrokeFont.Covers(category.Name) ? category.Name : string.Create(CultureInfo.InvariantCulture, $"category {category.Id}");
}
