using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Figures;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>The files <c>statistics.json</c> and <c>statistics.csv</c>: of each class the gradients of the training, the classifier's accuracy, box and mask AP.</summary>
internal static class StatisticsFiles
{
    /// <summary>Writes both.</summary>
    /// <param name="output">The run's folder.</param>
    /// <param name="trainer">The declaration.</param>
    /// <param name="gradients">3 x C sums of each classification loss, by its name.</param>
    /// <param name="training">What was trained on; null takes the declared counts.</param>
    /// <param name="accuracy">The classifier's accuracy; null where it was not measured.</param>
    /// <param name="outcome">What came of the evaluation; null where there was none.</param>
    public static void Write(
        OutputFolder output,
        DetectorTrainer trainer,
        ImmutableSortedDictionary<string, ImmutableArray<double>> gradients,
        DatasetSummary? training,
        ClassAccuracy? accuracy,
        EvaluationOutcome? outcome
    )
    {
        var boxes = outcome?.Boxes.Categories.ToDictionary(result => result.Id) ?? [];
        var masks = outcome?.Masks?.Categories.ToDictionary(result => result.Id) ?? [];
        var classes = trainer.Categories.Length;
        var statistics = new RunStatistics(trainer.Name, [.. gradients.Keys], [.. trainer.Categories.Select(Of)]);
        output.Write(RunFiles.Statistics, stream => StatisticsJson.Write(stream, statistics));
        output.Write(RunFiles.StatisticsTable, stream => StatisticsCsv.Write(stream, statistics));

        ClassStatistics Of(Category category, int label)
        {
            var (box, mask) = (boxes.GetValueOrDefault(category.Id), masks.GetValueOrDefault(category.Id));
            return new ClassStatistics(category.Id, category.Name)
            {
                Frequency = category.Frequency ?? box?.Frequency,
                Instances = training?.Classes[label].Instances ?? category.InstanceCount,
                Gradients =
                [
                    .. gradients.Values.Select(sums => new ClassGradients(sums[label], sums[classes + label], sums[(2 * classes) + label])),
                ],
                Objects = box?.Instances,
                Accuracy = accuracy?.Of(label),
                BoxAP = Known(box?.AP),
                MaskAP = Known(mask?.AP),
            };
        }
    }

    private static double? Known(double? value) => value >= 0 ? value : null;
}
