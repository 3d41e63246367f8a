using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Tests.Rendering;

[Collection(nameof(DefaultStep))]
public sealed class RenderedAnnotationTests(DefaultStep step)
{
    [Fact]
    public void EveryAbsentCategoryIsNegativeAndAllIsExhaustive()
    {
        foreach (var (_, set) in step.Splits)
        {
            var all = set.Categories.Select(category => category.Id).ToHashSet();
            var byImage = set.ByImage();
            Assert.All(set.Images, image =>
            {
                var present = byImage[image.Id].Select(annotation => annotation.CategoryId);
                Assert.Equal(all.Except(present).Order(), image.NegativeCategoryIds.Order());
                Assert.Empty(image.NotExhaustiveCategoryIds);
            });
        }
    }

    [Fact]
    public void MaskBoxAndAreaAgree()
    {
        foreach (var annotation in step.Splits.SelectMany(split => split.Set.Annotations))
        {
            var pixels = annotation.Segmentation!.ToMask(160, 160).ToBitmap();
            var ones = Enumerable.Range(0, pixels.Length).Where(i => pixels[i] != 0).ToList();
            Assert.Equal(ones.Count, annotation.Area);
            Assert.Equal(
                new Box(
                    ones.Min(i => i % 160),
                    ones.Min(i => i / 160),
                    ones.Max(i => i % 160) - ones.Min(i => i % 160) + 1,
                    ones.Max(i => i / 160) - ones.Min(i => i / 160) + 1
                ),
                annotation.Box
            );
        }
    }

    [Fact]
    public void EachAnnotationHasVisiblePixelsOfItsOwn()
    {
        // The smallest object: a star of scale 0.6, radius 10, of which 40 % may be hidden and a little lies outside the image.
        foreach (var (_, set) in step.Splits)
        {
            foreach (var objects in set.ByImage().Values)
            {
                var masks = objects.Select(annotation => annotation.Segmentation!.ToMask(160, 160)).ToList();
                Assert.All(masks, mask => Assert.True(mask.Area >= 50, $"{mask.Area} pixels"));
                Assert.Equal(masks.Sum(mask => mask.Area), RleMask.Merge(masks, intersect: false).Area);
            }
        }
    }

    [Fact]
    public void ReadersFindNothingToComplainAboutAndAllImagesDecode()
    {
        foreach (var (name, set) in step.Splits)
        {
            Assert.Empty(set.Problems);
            var data = DetectionDataset.Open(
                step[$"{name}.json"],
                step[name],
                [.. set.Categories.Select(category => (category.Id, category.Name))],
                forTraining: true
            );
            Assert.Equal(set.Images.Length, data.Images.Length);
            Assert.Empty(data.Summary.Problems);
            Assert.All(Directory.GetFiles(step[name]).Order().Take(20), path =>
                Assert.Equal((160, 160), (ImageDecoder.Read(path).Height, ImageDecoder.Read(path).Width))
            );
        }
    }
}
