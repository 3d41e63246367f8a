using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Results;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>The detections under evaluation, as columns. Filled from one source, then only read.</summary>
internal sealed class DetectionTable(TruthIndex truth) : IDetectionSink
{
    private readonly GrowingBuffer<int> images = new();
    private readonly GrowingBuffer<int> categories = new();
    private readonly GrowingBuffer<double> scores = new();
    private readonly GrowingBuffer<double> areas = new();
    private readonly GrowingBuffer<Box> boxes = new();
    private readonly GrowingBuffer<RleMask?> masks = new();

    /// <inheritdoc />
    public int Count => images.Count;

    /// <summary>Stands for any category that the annotations do not know: its detections take a place under the limits, and nothing more.</summary>
    public int UnknownCategory => truth.Categories.Length;

    /// <summary>Detections of categories that the annotations do not know.</summary>
    public int UnknownCategories { get; private set; }

    /// <summary>Image of each row.</summary>
    public ReadOnlySpan<int> Images => images.Items;

    /// <summary>Category of each row.</summary>
    public ReadOnlySpan<int> Categories => categories.Items;

    public int Image(int row) => images[row];

    public int Category(int row) => categories[row];

    public double Score(int row) => scores[row];

    public double Area(int row) => areas[row];

    public Box Box(int row) => boxes[row];

    /// <summary>The mask of a detection; the rectangle where it has only a box.</summary>
    public RleMask Mask(int row)
    {
        var image = truth.Images[images[row]];
        return masks[row] ?? RleMask.FromBox(boxes[row], image.Height, image.Width);
    }

    /// <inheritdoc />
    public void Add(in DetectionResult result)
    {
        if (!truth.TryFindImage(result.ImageId, out var image))
        {
            throw new AnnotationException(
                $"image {result.ImageId} is not in the annotations; evaluate against the file of the images that were detected on"
            );
        }

        if (!double.IsFinite(result.Score))
        {
            throw new AnnotationException($"the score is {result.Score}; a finite number is needed");
        }

        if (
            result.Box is { } given
            && !(double.IsFinite(given.X) && double.IsFinite(given.Y) && double.IsFinite(given.Width) && double.IsFinite(given.Height))
        )
        {
            throw new AnnotationException($"the box [{given.X}, {given.Y}, {given.Width}, {given.Height}] is not four finite numbers");
        }

        CheckSize(result.Mask, truth.Images[image]);
        if (!truth.TryFindCategory(result.CategoryId, out var category))
        {
            UnknownCategories++;
            category = UnknownCategory;
        }

        var box = result.Box ?? result.Mask?.Bounds ?? throw new AnnotationException("it has neither a box nor a mask");
        images.Add(image);
        categories.Add(category);
        scores.Add(result.Score);
        boxes.Add(box);
        areas.Add(result.Mask is { } mask && (result.Box is null || truth.Settings.AreaFromMask) ? mask.Area : box.Area);
        masks.Add(
            truth.Settings.IouType.NeedsMasks && category != UnknownCategory && truth.HasObjects(image, category) ? result.Mask : null
        );
    }

    /// <summary>Adds the detections of another table of the same annotations.</summary>
    public void Append(DetectionTable more)
    {
        images.Append(more.images.Items);
        categories.Append(more.categories.Items);
        scores.Append(more.scores.Items);
        areas.Append(more.areas.Items);
        boxes.Append(more.boxes.Items);
        masks.Append(more.masks.Items);
        UnknownCategories += more.UnknownCategories;
    }

    /// <inheritdoc />
    public void Clear()
    {
        UnknownCategories = 0;
        images.Clear();
        categories.Clear();
        scores.Clear();
        areas.Clear();
        boxes.Clear();
        masks.Clear();
    }

    /// <summary>Whether the mask of a detection with a box is of any use.</summary>
    public bool NeedsMask(long imageId, int categoryId) =>
        truth.Settings.AreaFromMask
        || (
            truth.Settings.IouType.NeedsMasks
            && truth.TryFindImage(imageId, out var image)
            && truth.TryFindCategory(categoryId, out var category)
            && truth.HasObjects(image, category)
        );

    private static void CheckSize(RleMask? mask, AnnotatedImage image)
    {
        if (mask is not null && image.HasSize && (mask.Height != image.Height || mask.Width != image.Width))
        {
            throw new AnnotationException(
                $"the mask is of {mask.Height} x {mask.Width}, image {image.Id} of {image.Height} x {image.Width} (height x width)"
            );
        }
    }
}
