using System.Collections.Frozen;
using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Images and categories in order of ids, objects in order of category and image, and what images were searched for.</summary>
internal sealed class TruthIndex
{
    private readonly FrozenDictionary<long, int> imagePlaces;
    private readonly FrozenDictionary<int, int> categoryPlaces;
    private readonly FrozenSet<long> occupied;
    private readonly FrozenSet<long> searched;
    private readonly FrozenSet<long> notExhaustive;

    public TruthIndex(AnnotationSet truth, EvaluationSettings settings)
    {
        Settings = settings;
        Images = [.. truth.Images.OrderBy(image => image.Id)];
        Categories = [.. truth.Categories.OrderBy(category => category.Id)];
        imagePlaces = Places(Images, image => image.Id, "image");
        categoryPlaces = Places(Categories, category => category.Id, "category");
        Objects = SortedObjects(truth);
        occupied = Objects.Select(item => Key(item.Image, CurveOf(item.Category))).ToFrozenSet();
        (searched, notExhaustive) = settings.Rules.IsFederated ? Searched() : ([], []);
        settings.IouType.Check(this);
    }

    public EvaluationSettings Settings { get; }

    public ImmutableArray<AnnotatedImage> Images { get; }

    public ImmutableArray<Category> Categories { get; }

    /// <summary>By curve, image and category; within these in the file's order.</summary>
    public TruthObject[] Objects { get; }

    /// <summary>Number of curves: one a category, or one for everything.</summary>
    public int Curves => Settings.ClassAgnostic ? 1 : Categories.Length;

    public int CurveOf(int category) => Settings.ClassAgnostic ? 0 : category;

    public bool TryFindImage(long id, out int image) => imagePlaces.TryGetValue(id, out image);

    public bool TryFindCategory(int id, out int category) => categoryPlaces.TryGetValue(id, out category);

    public AnnotatedImage? FindImage(long id) => imagePlaces.TryGetValue(id, out var image) ? Images[image] : null;

    /// <summary>Whether a detection has anything to be compared with.</summary>
    public bool HasObjects(int image, int category) => occupied.Contains(Key(image, CurveOf(category)));

    /// <summary>Whether detections of a category count on an image.</summary>
    public bool Counts(int image, int category) => !Settings.Rules.IsFederated || searched.Contains(Key(image, category));

    /// <summary>Whether only hits of a category count on an image.</summary>
    public bool CountsHitsOnly(int image, int category) => notExhaustive.Contains(Key(image, category));

    /// <summary>The mask of an object; null where the file has none, so that nothing can match it.</summary>
    public RleMask? Mask(in TruthObject target) =>
        target.Annotation.Segmentation?.ToMask(Images[target.Image].Height, Images[target.Image].Width);

    private static FrozenDictionary<TId, int> Places<TItem, TId>(ImmutableArray<TItem> items, Func<TItem, TId> idOf, string what)
        where TId : notnull
    {
        var places = new Dictionary<TId, int>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (!places.TryAdd(idOf(items[i]), i))
            {
                throw new AnnotationException($"Two {what} entries of the annotations have the id {idOf(items[i])}; ids need to be unique.");
            }
        }

        return places.ToFrozenDictionary();
    }

    private long Key(int image, int category) => ((long)image * Categories.Length) + category;

    private TruthObject[] SortedObjects(AnnotationSet truth)
    {
        var objects = new List<TruthObject>(truth.Annotations.Length);
        foreach (var annotation in truth.Annotations)
        {
            if (!TryFindImage(annotation.ImageId, out var image) || !TryFindCategory(annotation.CategoryId, out var category))
            {
                throw new AnnotationException($"Annotation {annotation.Id} is of image {annotation.ImageId} and category {annotation.CategoryId}; the annotations need to hold both.");
            }

            if (Settings.Rules.CountsEmpty || annotation.Area > 0)
            {
                objects.Add(new TruthObject(annotation, image, category, Settings.Rules.ObservesCrowds && annotation.IsCrowd));
            }
        }

        return [.. objects.OrderBy(item => CurveOf(item.Category)).ThenBy(item => item.Image).ThenBy(item => item.Category)];
    }

    private (FrozenSet<long> Searched, FrozenSet<long> NotExhaustive) Searched()
    {
        var (found, hitsOnly) = (new HashSet<long>(), new HashSet<long>());
        foreach (var target in Objects)
        {
            found.Add(Key(target.Image, target.Category));
        }

        for (var image = 0; image < Images.Length; image++)
        {
            AddKeys(found, image, Images[image].NegativeCategoryIds);
            AddKeys(hitsOnly, image, Images[image].NotExhaustiveCategoryIds);
        }

        return (found.ToFrozenSet(), hitsOnly.ToFrozenSet());
    }

    private void AddKeys(HashSet<long> keys, int image, ImmutableArray<int> categoryIds)
    {
        foreach (var id in categoryIds)
        {
            if (TryFindCategory(id, out var category))
            {
                keys.Add(Key(image, category));
            }
        }
    }
}
