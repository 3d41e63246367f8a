using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Collections;
using DetectorDsl.Evaluation.Reporting;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Images and categories in order of ids, objects in order of category and image, and what images were searched for.</summary>
internal sealed class TruthIndex
{
    private readonly IdPlaces imagePlaces;
    private readonly IdPlaces categoryPlaces;
    private readonly ImageCategories occupied;
    private readonly ImageCategories? searched;
    private readonly ImageCategories? notExhaustive;

    public TruthIndex(AnnotationSet truth, EvaluationSettings settings)
    {
        Settings = settings;
        if (settings.Rules.WhyUnfit(truth) is { } why)
        {
            throw new AnnotationException(why);
        }

        Images = [.. truth.Images.OrderBy(image => image.Id)];
        Categories = [.. truth.Categories.OrderBy(category => category.Id)];
        imagePlaces = new IdPlaces([.. Images.Select(image => image.Id)], "image");
        categoryPlaces = new IdPlaces([.. Categories.Select(category => (long)category.Id)], "category");
        Objects = SortedObjects(truth);
        var objects = new GrowingBuffer<ImageCategory>();
        foreach (ref readonly var item in Objects.AsSpan())
        {
            objects.Add(new ImageCategory(item.Image, CurveOf(item.Category)));
        }

        occupied = new ImageCategories(Images.Length, objects.Items);
        if (settings.Rules.IsFederated)
        {
            searched = new ImageCategories(Images.Length, Pairs(image => image.NegativeCategoryIds, withObjects: true));
            notExhaustive = new ImageCategories(Images.Length, Pairs(image => image.NotExhaustiveCategoryIds, withObjects: false));
        }

        settings.IouType.Check(this);
        Remarks = new TruthRemarks
        {
            UnusableBoxes = Objects.Count(item => Images[item.Image].WhyUnusable(item.Annotation.Box) is not null),
            WithoutMask = settings.IouType.NeedsMasks ? Objects.Count(item => item.Annotation.Segmentation is null) : 0,
            Renumbered = truth.Renumbered,
            LeftOut = truth.LeftOut,
            HasIdZero = Objects.Any(item => item.Annotation.Id == 0 && !item.IsIgnored),
            IgnoredThatCount = Objects.Count(item => item.Annotation.IsIgnored && !item.IsIgnored),
        };
    }

    public EvaluationSettings Settings { get; }

    /// <summary>What was met among the objects.</summary>
    public TruthRemarks Remarks { get; }

    public ImmutableArray<AnnotatedImage> Images { get; }

    public ImmutableArray<Category> Categories { get; }

    /// <summary>By curve, image and category; within these in the file's order.</summary>
    public TruthObject[] Objects { get; }

    /// <summary>Number of curves: one a category, or one for everything.</summary>
    public int Curves => Settings.ClassAgnostic ? 1 : Categories.Length;

    public int CurveOf(int category) => Settings.ClassAgnostic ? 0 : category;

    public bool TryFindImage(long id, out int image) => imagePlaces.TryFind(id, out image);

    public bool TryFindCategory(int id, out int category) => categoryPlaces.TryFind(id, out category);

    public AnnotatedImage? FindImage(long id) => imagePlaces.TryFind(id, out var image) ? Images[image] : null;

    /// <summary>Whether a detection has anything to be compared with.</summary>
    public bool HasObjects(int image, int category) => occupied.Contains(image, CurveOf(category));

    /// <summary>Whether detections of a category count on an image.</summary>
    public bool Counts(int image, int category) => searched is null || searched.Contains(image, category);

    /// <summary>Whether only hits of a category count on an image.</summary>
    public bool CountsHitsOnly(int image, int category) => notExhaustive is not null && notExhaustive.Contains(image, category);

    /// <summary>The mask of an object; null where the file has none, so that nothing can match it.</summary>
    public RleMask? Mask(in TruthObject target) => target.Annotation.Segmentation?.ToMask(Images[target.Image]);

    private TruthObject[] SortedObjects(AnnotationSet truth)
    {
        var objects = new TruthObject[truth.Annotations.Length];
        var (images, categories, rows) = (new int[objects.Length], new int[objects.Length], new int[objects.Length]);
        var count = 0;
        foreach (var annotation in truth.Annotations.AsSpan())
        {
            if (!TryFindImage(annotation.ImageId, out var image) || !TryFindCategory(annotation.CategoryId, out var category))
            {
                throw new AnnotationException(
                    $"Annotation {annotation.Id} is of image {annotation.ImageId} and category {annotation.CategoryId}; the annotations need to hold both."
                );
            }

            if (Settings.Rules.CountsEmpty || annotation.Area > 0)
            {
                objects[count] = new TruthObject(
                    annotation,
                    image,
                    category,
                    Settings.Rules.IsCrowd(annotation),
                    Settings.Rules.IsIgnored(annotation)
                );
                (images[count], categories[count], rows[count]) = (image, category, count);
                count++;
            }
        }

        rows = StableGrouping.By(
            rows.AsSpan(0, count),
            Settings.ClassAgnostic ? categories : images,
            Settings.ClassAgnostic ? Categories.Length : Images.Length
        );
        rows = StableGrouping.By(
            rows,
            Settings.ClassAgnostic ? images : categories,
            Settings.ClassAgnostic ? Images.Length : Categories.Length
        );
        var sorted = new TruthObject[count];
        for (var i = 0; i < count; i++)
        {
            sorted[i] = objects[rows[i]];
        }

        return sorted;
    }

    private ReadOnlySpan<ImageCategory> Pairs(Func<AnnotatedImage, ImmutableArray<int>> idsOf, bool withObjects)
    {
        var pairs = new GrowingBuffer<ImageCategory>();
        if (withObjects)
        {
            foreach (ref readonly var item in Objects.AsSpan())
            {
                pairs.Add(new ImageCategory(item.Image, item.Category));
            }
        }

        for (var image = 0; image < Images.Length; image++)
        {
            foreach (var id in idsOf(Images[image]).AsSpan())
            {
                if (TryFindCategory(id, out var category))
                {
                    pairs.Add(new ImageCategory(image, category));
                }
            }
        }

        return pairs.Items;
    }
}
