using System.Globalization;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Rendering;
using DetectorDsl.Hosting.Trainers;

namespace LongTail.Experiment;

/// <summary>The rendered data: every seed has training images of its own, the validation images are the same for all.</summary>
internal sealed record TailData(RenderedStep Tail, RenderedStep Pretraining)
{
    private const int ValidationSeed = 0;

    /// <summary>The experiment's.</summary>
    public static TailData Usual { get; } =
        Of(
            new RenderedStep("tail")
            {
                Families = 5,
                TrainImages = 700,
                FrequentCount = 200,
                TailStart = 100,
                TailExponent = 3.5,
                ValidationPerClass = 20,
                ObjectsPerValidationImage = 3,
                NaturalImages = 100,
                ImageSize = 64,
                BaseRadius = 12,
            },
            pretrainingImages: 2000
        );

    /// <summary>A data set whose pretraining is on the same number of objects an image, of the families that it leaves out.</summary>
    /// <param name="tail">The training set.</param>
    /// <param name="pretrainingImages">Images of the pretraining.</param>
    public static TailData Of(RenderedStep tail, int pretrainingImages)
    {
        var perClass = (int)(pretrainingImages * tail.ObjectsPerValidationImage / tail.Classes);
        return new TailData(
            tail,
            tail with
            {
                Name = tail.Name + "-pretraining",
                FirstFamily = tail.Families,
                TrainImages = pretrainingImages,
                FrequentCount = perClass,
                TailStart = perClass,
                TailExponent = 0,
            }
        );
    }

    /// <summary>All that distinguishes the data from others.</summary>
    public string Key =>
        string.Join(
            ' ',
            new[] { Tail, Pretraining }.Select(step =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{step.Name} {step.FirstFamily}-{step.FirstFamily + step.Families - 1} {step.TrainImages} {step.FrequentCount} {step.TailStart} {step.TailExponent} {step.ValidationPerClass} {step.ObjectsPerValidationImage} {step.NaturalImages} {step.ImageSize} {step.BaseRadius}"
                )
            )
        );

    /// <summary>The training images of a seed.</summary>
    /// <param name="trainer">Whose categories they show.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <param name="isBalanced">Whether all classes are equally frequent.</param>
    /// <param name="cancellation">Stops between two images.</param>
    public DetectionDataset Training(DetectorTrainer trainer, long seed, bool isBalanced, CancellationToken cancellation)
    {
        var step = isBalanced ? Tail with { Name = Tail.Name + "-balanced", IsBalanced = true } : Tail;
        return Open(DataFolder.Training(DataCache.Rendered(step, seed, cancellation: cancellation)), trainer, forTraining: true);
    }

    /// <summary>The images of the pretraining.</summary>
    /// <param name="trainer">The pretraining's.</param>
    /// <param name="cancellation">Stops between two images.</param>
    public DetectionDataset PretrainingSet(DetectorTrainer trainer, CancellationToken cancellation) =>
        Open(DataFolder.Training(DataCache.Rendered(Pretraining, 0, cancellation: cancellation)), trainer, forTraining: true);

    /// <summary>The validation sets by name: one with as many objects of each class, one with the training set's frequencies.</summary>
    /// <param name="trainer">Whose categories they show.</param>
    /// <param name="cancellation">Stops between two images.</param>
    public IReadOnlyList<(string Name, DetectionDataset Data)> Validation(DetectorTrainer trainer, CancellationToken cancellation)
    {
        var folder = DataCache.Rendered(Tail, ValidationSeed, cancellation: cancellation);
        return
        [
            (Names.Balanced, Open(DataFolder.Validation(folder), trainer, forTraining: false)),
            (Names.Natural, Open(DataFolder.NaturalValidation(folder)!, trainer, forTraining: false)),
        ];
    }

    private static DetectionDataset Open(DataSplit split, DetectorTrainer trainer, bool forTraining) =>
        DetectionDataset.Open(
            split.AnnotationFile,
            split.ImageFolder,
            [.. trainer.Categories.Select(category => (category.Id, category.Name))],
            forTraining
        );
}
