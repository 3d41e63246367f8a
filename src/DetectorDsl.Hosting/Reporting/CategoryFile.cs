using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>The file <c>categories.csv</c>: precision of each class beside how often it was seen in training; values 0 to 1, empty where there is nothing to average.</summary>
internal static class CategoryFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="categories">Classes in label order, with the declared counts.</param>
    /// <param name="training">What was trained on; null takes the declared counts.</param>
    /// <param name="outcome">The values.</param>
    public static void Write(Stream stream, ImmutableArray<Category> categories, DatasetSummary? training, EvaluationOutcome outcome)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("label,id,name,frequency,train_images,train_instances,objects,detections,box_ap,box_ap50,mask_ap,mask_ap50");
        var boxes = outcome.Boxes.Categories.ToDictionary(result => result.Id);
        var masks = outcome.Masks?.Categories.ToDictionary(result => result.Id) ?? [];
        for (var label = 0; label < categories.Length; label++)
        {
            var category = categories[label];
            var counts = training?.Classes[label];
            var (box, mask) = (boxes.GetValueOrDefault(category.Id), masks.GetValueOrDefault(category.Id));
            writer.WriteLine(
                string.Join(
                    ',',
                    Invariant(label),
                    Invariant(category.Id),
                    CsvCell.Of(category.Name),
                    Group(category.Frequency ?? box?.Frequency),
                    Invariant(counts?.Images ?? category.ImageCount),
                    Invariant(counts?.Instances ?? category.InstanceCount),
                    Invariant(box?.Instances),
                    Invariant(box?.Detections),
                    Value(box?.AP),
                    Value(box?.AP50),
                    Value(mask?.AP),
                    Value(mask?.AP50)
                )
            );
        }
    }

    private static string Value(double? value) => value is { } number and >= 0 ? number.ToString("F4", CultureInfo.InvariantCulture) : "";

    private static string Invariant(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Group(CategoryFrequency? frequency) =>
        frequency switch
        {
            CategoryFrequency.Rare => "r",
            CategoryFrequency.Common => "c",
            CategoryFrequency.Frequent => "f",
            _ => "",
        };
}
