using System.Collections.Immutable;

namespace DetectorDsl.Annotations;

/// <summary>Leaves out what cannot be used, mends what can be mended, and says so.</summary>
internal sealed class AnnotationChecks
{
    // Far beyond any photograph, and small enough that no mask of such an image takes much time or memory.
    private const int LargestSide = 100_000;

    private readonly AnnotationFileParser parser;
    private readonly ProblemList problems;
    private readonly Dictionary<long, AnnotatedImage> images = [];
    private readonly Dictionary<int, Category> categories = [];
    private readonly Action<FormattableString, string> reportOfEntry;
    private readonly long largestImage;
    private readonly long largestCategory;
    private readonly AnnotationIds ids;
    private long entry;
    private int leftOut;

    /// <summary>Checks of one file.</summary>
    /// <param name="parser">What was read of it.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public AnnotationChecks(AnnotationFileParser parser, ProblemList problems)
    {
        (this.parser, this.problems) = (parser, problems);
        reportOfEntry = (what, done) => problems.Add($"annotation {entry}", what, done);
        largestImage = parser.Images.Select(image => image.Id).Where(id => parser.ImageWords.WordOf(id) is null).DefaultIfEmpty().Max();
        largestCategory = parser
            .Categories.Select(category => (long)category.Id)
            .Where(id => parser.CategoryWords.WordOf(id) is null)
            .DefaultIfEmpty()
            .Max();
        ids = new AnnotationIds(parser);
    }

    public AnnotationSet Apply()
    {
        ReportWords("images", parser.ImageWords, largestImage);
        ReportWords("categories", parser.CategoryWords, largestCategory);
        parser.Images.ForEach(AddImage);
        ReportSizes();
        parser.Categories.ForEach(AddCategory);
        var kept = ImmutableArray.CreateBuilder<InstanceAnnotation>(parser.Annotations.Count);
        foreach (var raw in parser.Annotations)
        {
            if (Check(raw) is { } annotation)
            {
                kept.Add(annotation);
            }
        }

        return new AnnotationSet([.. images.Values], kept.DrainToImmutable(), [.. categories.Values], problems.Kept)
        {
            ProblemCount = problems.Count,
            Renumbered = ids.Renumbered,
            LeftOut = leftOut + parser.AnnotationsLeftOut,
            Extra = parser.Extra,
        };
    }

    private void AddImage(AnnotatedImage image)
    {
        var word = parser.ImageWords.WordOf(image.Id);
        image = image with { Id = parser.ImageWords.Final(image.Id, largestImage), StatedId = word };
        if (
            image.StatesSize
            && (
                image.Width is <= 0 or > LargestSide
                || image.Height is <= 0 or > LargestSide
                || (long)image.Width * image.Height > int.MaxValue
            )
        )
        {
            problems.Add(
                $"image {image.Id} ({image.FileName})",
                $"its size is stated as {image.Width} x {image.Height}",
                "its size is taken from its file"
            );
            image = image with { Width = 0, Height = 0 };
        }

        if (!images.TryAdd(image.Id, image))
        {
            problems.Add($"image {image.Id} ({image.FileName})", $"the id is that of '{images[image.Id].FileName}' too", "left out");
        }
    }

    // Files of some tools state none for all of their images.
    private void ReportSizes()
    {
        if (parser.Images.FirstOrDefault(image => !image.StatesSize) is { } first)
        {
            var count = parser.Images.Count(image => !image.StatesSize);
            problems.Add(
                $"images ({count})",
                $"they state no width and height, '{first.FileName}' is the first",
                "their sizes are taken from their files"
            );
        }
    }

    private void AddCategory(Category category)
    {
        var word = parser.CategoryWords.WordOf(category.Id);
        category = category with { Id = (int)parser.CategoryWords.Final(category.Id, largestCategory), StatedId = word };
        if (!categories.TryAdd(category.Id, category))
        {
            problems.Add(
                $"category {category.Id} ({category.Name})",
                $"the id is that of '{categories[category.Id].Name}' too",
                "left out"
            );
        }
    }

    private InstanceAnnotation? Check(RawAnnotation raw)
    {
        var (imageId, categoryId) = (
            parser.ImageWords.Final(raw.ImageId!.Value, largestImage),
            (int)parser.CategoryWords.Final(raw.CategoryId!.Value, largestCategory)
        );
        var id = ids.Next(raw, problems);
        entry = id;
        if (!images.TryGetValue(imageId, out var image))
        {
            return LeaveOut($"image {parser.ImageWords.WordOf(raw.ImageId.Value) ?? $"{imageId}"} is not in the file");
        }

        if (!categories.ContainsKey(categoryId))
        {
            return LeaveOut($"category {parser.CategoryWords.WordOf(raw.CategoryId.Value) ?? $"{categoryId}"} is not in the file");
        }

        var segmentation = raw.Segmentation?.Mend(image, reportOfEntry);
        var extra =
            raw.Segmentation is { IsLost: false } lost && segmentation is null ? JsonMembers.Join(raw.Extra, lost.Write) : raw.Extra;
        if ((IsFinite(raw.Box) ? raw.Box : BoxAround(segmentation, image)) is not { } box)
        {
            return LeaveOut(
                $"{(raw.Box is null && raw.Mistake is not null ? raw.Mistake : "its box is missing or not four finite numbers")}"
            );
        }

        if (raw.Mistake is not null || (raw.Box is not null && !IsFinite(raw.Box)))
        {
            reportOfEntry(
                $"{raw.Mistake ?? "its box is not four finite numbers"}",
                IsFinite(raw.Box) ? "read without it" : "its box drawn around its mask"
            );
        }

        if (!image.IsUsable(box))
        {
            reportOfEntry($"{image.WhyUnusable(box)}", "kept for evaluation, as an object that nobody finds; left out of training");
        }

        var area = raw.Area is { } stated && double.IsFinite(stated) ? stated : box.Area;
        return new InstanceAnnotation(id, imageId, categoryId, box, area, segmentation, raw.IsCrowd!.Value)
        {
            IsIgnored = raw.IsIgnored,
            Extra = extra,
        };
    }

    private static bool IsFinite(Box? box) =>
        box is { } known
        && double.IsFinite(known.X)
        && double.IsFinite(known.Y)
        && double.IsFinite(known.Width)
        && double.IsFinite(known.Height);

    private static Box? BoxAround(Segmentation? segmentation, AnnotatedImage image) =>
        segmentation is null ? null
        : image.HasSize ? segmentation.ToMask(image).Bounds
        : segmentation.Bounds;

    private void ReportWords(string what, WordIds words, long largest)
    {
        if (words.Any)
        {
            problems.Add(
                $"ids of {what} ({words.Count})",
                $"they are words, '{words.First}' is the first",
                FormattableString.Invariant($"numbered from {largest + 1}")
            );
        }
    }

    private InstanceAnnotation? LeaveOut(FormattableString what)
    {
        leftOut++;
        reportOfEntry(what, "left out");
        return null;
    }
}
