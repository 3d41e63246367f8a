using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Datasets;

/// <summary>What is probably a mistake in a file, though it can be used.</summary>
internal static class AnnotationDoubts
{
    private const string Kept = "kept";

    // Boxes that were rounded reach a little beyond the image.
    private const double Rounding = 1;

    public static IEnumerable<AnnotationProblem> Of(string file, AnnotationSet set)
    {
        var problems = Categories(set).Concat(Images(set)).Concat(Annotations(set));
        return problems.Select(problem => new AnnotationProblem(file, problem.Entry, problem.What, problem.Done));
    }

    private static IEnumerable<(string Entry, string What, string Done)> Categories(AnnotationSet set)
    {
        var used = set.Annotations.Select(annotation => annotation.CategoryId).ToHashSet();
        var names = new Dictionary<string, int>();
        foreach (var category in set.Categories)
        {
            var entry = FormattableString.Invariant($"category {category.Id} ({category.Name})");
            if (category.Name.Length == 0)
            {
                yield return (entry, "it has no name", Kept);
            }
            else if (!names.TryAdd(category.Name, category.Id))
            {
                yield return (entry, FormattableString.Invariant($"the name is that of category {names[category.Name]} too"), "kept as a class of its own");
            }

            if (!used.Contains(category.Id))
            {
                yield return (entry, "no object is of it", "kept, though it cannot be learnt");
            }
        }
    }

    private static IEnumerable<(string Entry, string What, string Done)> Images(AnnotationSet set)
    {
        var categories = set.Categories.Select(category => category.Id).ToHashSet();
        var files = new Dictionary<string, long>();
        var held = set.Annotations.Select(annotation => (annotation.ImageId, annotation.CategoryId)).ToHashSet();
        foreach (var image in set.Images)
        {
            var entry = FormattableString.Invariant($"image {image.Id}");
            if (!files.TryAdd(image.FileName, image.Id))
            {
                yield return (entry, FormattableString.Invariant($"its file '{image.FileName}' is that of image {files[image.FileName]} too"), "kept, and seen twice");
            }

            foreach (var category in image.NegativeCategoryIds)
            {
                if (!categories.Contains(category))
                {
                    yield return (entry, FormattableString.Invariant($"neg_category_ids names category {category}, which is not in the file"), "passed over");
                }
                else if (held.Contains((image.Id, category)))
                {
                    yield return (entry, FormattableString.Invariant($"category {category} is stated to be absent, and the image has objects of it"), "objects kept");
                }
            }

            foreach (var category in image.NotExhaustiveCategoryIds.Where(category => !categories.Contains(category)))
            {
                yield return (entry, FormattableString.Invariant($"not_exhaustive_category_ids names category {category}, which is not in the file"), "passed over");
            }
        }
    }

    private static IEnumerable<(string Entry, string What, string Done)> Annotations(AnnotationSet set)
    {
        var images = set.Images.ToDictionary(image => image.Id);
        var boxes = new Dictionary<(long Image, int Category, Box Box), long>();
        foreach (var annotation in set.Annotations)
        {
            var (entry, box, image) = (FormattableString.Invariant($"annotation {annotation.Id}"), annotation.Box, images[annotation.ImageId]);
            var beyond = Math.Max(Math.Max(-box.X, -box.Y), Math.Max(box.X + box.Width - image.Width, box.Y + box.Height - image.Height));
            if (beyond > Rounding)
            {
                yield return (entry, FormattableString.Invariant($"its box [{box.X}, {box.Y}, {box.Width}, {box.Height}] reaches {beyond:0.##} pixels out of image {image.Id} of {image.Width} x {image.Height}"), "cut off at the edge");
            }

            if (annotation.Area <= 0)
            {
                yield return (entry, FormattableString.Invariant($"its area is stated as {annotation.Area}"), Kept);
            }

            if (!boxes.TryAdd((annotation.ImageId, annotation.CategoryId, box), annotation.Id))
            {
                yield return (entry, FormattableString.Invariant($"image, category and box are those of annotation {boxes[(annotation.ImageId, annotation.CategoryId, box)]} too"), Kept);
            }
        }
    }
}
