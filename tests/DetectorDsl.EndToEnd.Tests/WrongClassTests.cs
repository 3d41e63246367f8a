using DetectorDsl.Annotations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Evaluation;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>The rendered data is annotated exhaustively, so LVIS's rules count a detection of an absent class as the mistake that it is.</summary>
[Collection(TorchCollection.Name)]
public sealed class WrongClassTests(SmallData data)
{
    [Theory]
    [InlineData("bbox")]
    [InlineData("segm")]
    public void OneDetectionOfAWrongClass_LowersThatClassAlone(string kind)
    {
        var truth = AnnotationReader.Read(Path.Combine(data.Folder, "val.json"));
        var settings = EvaluationSettings.Lvis(kind == "segm" ? IouType.Masks : IouType.Boxes);
        var evaluator = new DetectionEvaluator(truth, settings);
        var sizes = truth.Images.ToDictionary(image => image.Id);
        var perfect = truth.Annotations.Select(annotation => Detection(annotation, annotation.CategoryId, 0.5)).ToList();
        var before = evaluator.Evaluate(perfect).Categories;
        Assert.All(before, category => Assert.Equal(1, category.AP, 12));

        var mistaken = truth.Annotations[0];
        var wrong = truth
            .Categories.Select(category => category.Id)
            .First(id => truth.Annotations.All(annotation => annotation.ImageId != mistaken.ImageId || annotation.CategoryId != id));
        var after = evaluator.Evaluate([.. perfect, Detection(mistaken, wrong, 0.9)]).Categories;

        // Above two right ones, the mistake leaves precisions of 1/2 and 2/3, of which the larger counts everywhere.
        Assert.Equal(2, before.Single(category => category.Id == wrong).Instances);
        Assert.All(after, category => Assert.Equal(category.Id == wrong ? 2.0 / 3 : 1, category.AP, 12));

        DetectionResult Detection(InstanceAnnotation annotation, int category, double score)
        {
            var image = sizes[annotation.ImageId];
            return new(annotation.ImageId, category, score, annotation.Box, annotation.Segmentation!.ToMask(image.Height, image.Width));
        }
    }
}
