using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Structures;

namespace DetectorDsl.Training.Evaluating;

/// <summary>Has a classifier judge the ground-truth boxes of a data set (Wang et al. 2021, figure 3).</summary>
internal static class GroundTruthAccuracy
{
    private const int Threads = 2;
    private const int LargestBatch = 4;

    /// <summary>Counts right answers. Images that cannot be read count neither way.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="data">The data set.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    public static ClassAccuracy Run(
        IRegionClassifier classifier,
        DetectionDataset data,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        var accuracy = new ClassAccuracy(new int[data.CategoryIds.Length], new int[data.CategoryIds.Length]);
        foreach (var group in DatasetImages.Walk(classifier.Preparation, ImageCopy.Plain, data, Threads, LargestBatch, cancellation))
        {
            if (group.Images is { } images)
            {
                int[] members = [.. group.Members.Where(member => member.Problem is null).Select(member => member.Index)];
                var boxes = members.Select((index, i) => BoxesOf(data, index, images.Copies[0].Shapes[i])).ToList();
                if (boxes.Any(list => list.Count > 0))
                {
                    Count(images.Classify(classifier, boxes), members, data, accuracy);
                }
            }

            progress.Report((group.Members[^1].Index + 1.0) / data.Images.Length);
        }

        return accuracy;
    }

    private static Boxes BoxesOf(DetectionDataset data, int index, ImageShape shape)
    {
        var (across, down) = ((double)shape.Width / shape.OriginalWidth, (double)shape.Height / shape.OriginalHeight);
        return Boxes.Of([.. data.ObjectsOf(index).Select(item => Corners.Of(item.Box).Scale(across, down).To<float>())]);
    }

    private static void Count(IScoredRegions[] scored, int[] members, DetectionDataset data, ClassAccuracy accuracy)
    {
        for (var image = 0; image < members.Length; image++)
        {
            var objects = data.ObjectsOf(members[image]);
            var regions = scored[image];
            for (var region = 0; region < objects.Length; region++)
            {
                accuracy.Boxes[objects[region].Label]++;
                accuracy.Hits[objects[region].Label] += regions.BestClass(region) == objects[region].Label ? 1 : 0;
            }
        }
    }
}
