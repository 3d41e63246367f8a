using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Datasets;

/// <summary>Sorts the images of a file into those that are used and those that are left out, with the reason.</summary>
internal sealed class DatasetEntries(
    string file,
    string imageFolder,
    bool forTraining,
    IReadOnlyDictionary<int, int> labels,
    ImageVerdicts? verdicts = null
)
{
    private const int SmallestSide = 32;
    private const double ThinnestBox = 1;

    private readonly ImageLocator locator = new(imageFolder);

    public List<AnnotatedImage> Images { get; } = [];

    public List<ImmutableArray<SampleObject>> Objects { get; } = [];

    public List<ImmutableArray<Box>> Crowds { get; } = [];

    public ProblemList Problems { get; } = new(file);

    /// <summary>What was considered, with the sizes that the images' files have where the annotations state none.</summary>
    public AnnotationSet Annotations { get; private set; } = new([], [], [], []);

    public int LeftOutEmpty { get; private set; }

    public int LeftOutCrowds { get; private set; }

    public int LeftOutSmall { get; private set; }

    public int LeftOutMissing { get; private set; }

    public int LeftOutUnreadable { get; private set; }

    /// <summary>Looks at an image's file. Touches the file alone, so that many can be looked at together.</summary>
    public FoundImage Inspect(AnnotatedImage image)
    {
        if (image.FileName.Length == 0)
        {
            return new FoundImage(image, IsMissing: true, "it has no file_name", null);
        }

        var (path, isForeign) = locator.Find(image.FileName);
        if (!File.Exists(path))
        {
            var likely = locator.Likely(image.FileName) is { } other ? $"; {other} differs in the ending alone" : "";
            return new FoundImage(image, IsMissing: true, $"{path} does not exist{likely}", null);
        }

        try
        {
            var (height, width) = verdicts?.ReadSize(path) ?? ImageDecoder.ReadSize(path);
            var sized = image.HasSize ? image : image with { Width = width, Height = height };
            var defect = height == sized.Height && width == sized.Width ? null : Difference(path, image, height, width);
            return new FoundImage(sized, IsMissing: false, defect, isForeign ? path : null);
        }
        catch (ImageException exception)
        {
            return new FoundImage(image, IsMissing: false, exception.Message.TrimEnd('.'), null);
        }
    }

    /// <summary>Sorts all images of a file.</summary>
    public void ConsiderAll(AnnotationSet annotations, IProgress<double>? progress, CancellationToken cancellation)
    {
        var found = new FoundImage[annotations.Images.Length];
        var done = 0;
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            found[index] = Inspect(annotations.Images[index]);
            progress?.Report((double)Interlocked.Increment(ref done) / found.Length);
        });
        Annotations = Fit(annotations, found);
        if (found.FirstOrDefault(image => image.ForeignPath is not null) is { } foreign)
        {
            var count = found.Count(image => image.ForeignPath is not null);
            Problems.Add(
                $"images ({count})",
                $"their files have other names than the annotations say, '{foreign.Image.FileName}' is {foreign.ForeignPath}",
                "used"
            );
        }

        var byImage = Annotations.ByImage();
        foreach (var image in found)
        {
            Consider(image, byImage.GetValueOrDefault(image.Image.Id) ?? []);
        }
    }

    private void Consider(FoundImage found, IReadOnlyList<InstanceAnnotation> annotations)
    {
        var image = found.Image;
        if (found.Defect is not null)
        {
            (LeftOutMissing, LeftOutUnreadable) = found.IsMissing
                ? (LeftOutMissing + 1, LeftOutUnreadable)
                : (LeftOutMissing, LeftOutUnreadable + 1);
            Report($"image {image.Id}", $"{found.Defect}", $"left out with its {annotations.Count} objects");
            return;
        }

        if (forTraining && Math.Min(image.Width, image.Height) < SmallestSide)
        {
            LeftOutSmall++;
            Report(
                $"image {image.Id}",
                $"a side of its {image.Width} x {image.Height} pixels is under {SmallestSide}",
                $"left out with its {annotations.Count} objects"
            );
            return;
        }

        var usable = annotations.Where(annotation => image.WhyUnusable(annotation.Box) is null).ToList();
        var objects = usable
            .Where(annotation => !annotation.IsRegion && !IsThin(annotation, image))
            .Select(annotation => new SampleObject(Clip(annotation.Box, image), labels[annotation.CategoryId], annotation.Segmentation))
            .ToImmutableArray();
        if (forTraining && objects.IsEmpty)
        {
            (LeftOutCrowds, LeftOutEmpty) = usable.Exists(annotation => annotation.IsRegion)
                ? (LeftOutCrowds + 1, LeftOutEmpty)
                : (LeftOutCrowds, LeftOutEmpty + 1);
            return;
        }

        Images.Add(image);
        Objects.Add(objects);
        Crowds.Add([.. usable.Where(annotation => annotation.IsRegion).Select(annotation => Clip(annotation.Box, image))]);
    }

    /// <summary>Gives images their files' sizes, and looks at what could not be judged without them.</summary>
    private AnnotationSet Fit(AnnotationSet annotations, FoundImage[] found)
    {
        var sized = annotations
            .Images.Zip(found)
            .Where(pair => !pair.First.HasSize)
            .ToDictionary(pair => pair.First.Id, pair => pair.Second.Image);
        return sized.Count == 0
            ? annotations
            : annotations with
            {
                Images = [.. found.Select(image => image.Image)],
                Annotations =
                [
                    .. annotations.Annotations.Select(annotation =>
                        sized.TryGetValue(annotation.ImageId, out var image) ? Fit(annotation, image) : annotation
                    ),
                ],
            };
    }

    private InstanceAnnotation Fit(InstanceAnnotation annotation, AnnotatedImage image)
    {
        if (image.WhyUnusable(annotation.Box) is { } unusable)
        {
            Report($"annotation {annotation.Id}", $"{unusable}", "left out of training");
        }

        if (annotation.Segmentation?.WhyUnfit(image) is not { } unfit)
        {
            return annotation;
        }

        Report($"annotation {annotation.Id}", $"{unfit}", "mask left out");
        return annotation with { Segmentation = null };
    }

    public static string Difference(string path, AnnotatedImage image, int height, int width) =>
        $"{path} is {width} x {height} pixels{(width == image.Height && height == image.Width ? " once its EXIF mark has turned it" : "")}, the annotations say {image.Width} x {image.Height}";

    // As mmdetection's CocoDataset does; a box that small gives regression targets without bound.
    private bool IsThin(InstanceAnnotation annotation, AnnotatedImage image)
    {
        var box = Clip(annotation.Box, image);
        if (!forTraining || Math.Min(box.Width, box.Height) >= ThinnestBox)
        {
            return false;
        }

        Report(
            $"annotation {annotation.Id}",
            $"its box of {box.Width:0.###} x {box.Height:0.###} pixels within the image is thinner than one",
            "left out"
        );
        return true;
    }

    private void Report(FormattableString entry, FormattableString what, string done) => Problems.Add(entry, what, done);

    private static Box Clip(Box box, AnnotatedImage image)
    {
        var (left, top) = (Math.Max(0, box.X), Math.Max(0, box.Y));
        return new Box(left, top, Math.Min(image.Width, box.X + box.Width) - left, Math.Min(image.Height, box.Y + box.Height) - top);
    }

    /// <summary>What was found of an image's file.</summary>
    /// <param name="Image">The image, with its file's size where the annotations state none.</param>
    /// <param name="IsMissing">Whether there is no such file.</param>
    /// <param name="Defect">What is wrong with it; null if nothing is.</param>
    /// <param name="ForeignPath">The file, where its name is not that of the annotations.</param>
    internal sealed record FoundImage(AnnotatedImage Image, bool IsMissing, string? Defect, string? ForeignPath);
}
