using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Datasets;

/// <summary>Finds what is probably a mistake in a file, though it can be used.</summary>
/// <param name="set">The annotations.</param>
/// <param name="problems">Receives what is found.</param>
internal sealed class AnnotationDoubts(AnnotationSet set, ProblemList problems)
{
    private const string Kept = "kept";

    // Boxes that were rounded reach a little beyond the image.
    private const double Rounding = 1;

    public void Find()
    {
        FindInCategories();
        FindInImages();
        FindInAnnotations();
    }

    private void FindInCategories()
    {
        var used = set.Annotations.CountBy(annotation => annotation.CategoryId).ToDictionary();
        var learnt = set.Annotations.Where(annotation => !annotation.IsRegion).Select(annotation => annotation.CategoryId).ToHashSet();
        var crowdsAlone = set.Annotations.Length > 0 && learnt.Count == 0;
        if (crowdsAlone)
        {
            problems.Add(
                $"all {set.Annotations.Length} annotations",
                $"they are crowds (iscrowd 1, which some tools write with every mask) or to be ignored",
                "nothing can be learnt; set iscrowd to 0 where they are single objects"
            );
        }

        var names = new Dictionary<string, int>();
        foreach (var category in set.Categories)
        {
            FormattableString entry = $"category {category.Id} ({category.Name})";
            if (category.Name.Length == 0)
            {
                problems.Add(entry, $"it has no name", Kept);
            }
            else if (!names.TryAdd(category.Name, category.Id))
            {
                problems.Add(entry, $"the name is that of category {names[category.Name]} too", "kept as a class of its own");
            }

            if (!used.TryGetValue(category.Id, out var count))
            {
                problems.Add(entry, $"no object is of it", "kept, though it cannot be learnt");
            }
            else if (!crowdsAlone && !learnt.Contains(category.Id))
            {
                problems.Add(
                    entry,
                    $"all {count} objects of it are crowds or to be ignored",
                    "kept, though it cannot be learnt; set iscrowd to 0 where they are single objects"
                );
            }
        }
    }

    private void FindInImages()
    {
        var categories = set.Categories.Select(category => category.Id).ToHashSet();
        var files = new Dictionary<string, long>();
        var held = set.Annotations.Select(annotation => (annotation.ImageId, annotation.CategoryId)).ToHashSet();
        foreach (var image in set.Images)
        {
            FormattableString entry = $"image {image.Id}";
            if (image.FileName.Length > 0 && !files.TryAdd(image.FileName, image.Id))
            {
                problems.Add(entry, $"its file '{image.FileName}' is that of image {files[image.FileName]} too", "kept, and seen twice");
            }

            foreach (var category in image.NegativeCategoryIds)
            {
                if (!categories.Contains(category))
                {
                    problems.Add(entry, $"neg_category_ids names category {category}, which is not in the file", "passed over");
                }
                else if (held.Contains((image.Id, category)))
                {
                    problems.Add(entry, $"category {category} is stated to be absent, and the image has objects of it", "objects kept");
                }
            }

            foreach (var category in image.NotExhaustiveCategoryIds.Where(category => !categories.Contains(category)))
            {
                problems.Add(entry, $"not_exhaustive_category_ids names category {category}, which is not in the file", "passed over");
            }
        }
    }

    private void FindInAnnotations()
    {
        var images = set.Images.ToDictionary(image => image.Id);
        var boxes = new Dictionary<(long Image, int Category, Box Box), long>();
        foreach (var annotation in set.Mended().Annotations)
        {
            FormattableString entry = $"annotation {annotation.Id}";
            var (box, image) = (annotation.Box, images[annotation.ImageId]);
            var beyond = Math.Max(Math.Max(-box.X, -box.Y), Math.Max(box.X + box.Width - image.Width, box.Y + box.Height - image.Height));
            if (image.HasSize && beyond > Rounding)
            {
                problems.Add(
                    entry,
                    $"its box [{box.X}, {box.Y}, {box.Width}, {box.Height}] reaches {beyond:0.##} pixels out of image {image.Id} of {image.Width} x {image.Height}",
                    "cut off at the edge"
                );
            }

            if (annotation.Area <= 0)
            {
                problems.Add(entry, $"its area is stated as {annotation.Area}", Kept);
            }

            if (!boxes.TryAdd((annotation.ImageId, annotation.CategoryId, box), annotation.Id))
            {
                problems.Add(
                    entry,
                    $"image, category and box are those of annotation {boxes[(annotation.ImageId, annotation.CategoryId, box)]} too",
                    Kept
                );
            }
        }
    }
}
