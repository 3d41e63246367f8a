using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Datasets;

/// <summary>Sorts the images of a file into those that are used and those that are left out, with the reason.</summary>
internal sealed class DatasetEntries(string file, string imageFolder, bool forTraining, IReadOnlyDictionary<int, int> labels, ImageVerdicts? verdicts = null)
{
    private const int SmallestSide = 32;
    private const double ThinnestBox = 1;

    private readonly ImageLocator locator = new(imageFolder);

    public List<AnnotatedImage> Images { get; } = [];

    public List<ImmutableArray<SampleObject>> Objects { get; } = [];

    public List<ImmutableArray<Box>> Crowds { get; } = [];

    public List<AnnotationProblem> Problems { get; } = [];

    public int LeftOutEmpty { get; private set; }

    public int LeftOutSmall { get; private set; }

    public int LeftOutMissing { get; private set; }

    public int LeftOutUnreadable { get; private set; }

    /// <summary>What is wrong with an image's file; null if nothing is. Touches the file alone, so that many can be looked at together.</summary>
    public FileDefect? Inspect(AnnotatedImage image)
    {
        var path = locator.PathOf(image.FileName);
        if (!File.Exists(path))
        {
            return new FileDefect(Missing: true, $"{path} does not exist");
        }

        try
        {
            var (height, width) = verdicts?.ReadSize(path) ?? ImageDecoder.ReadSize(path);
            return height == image.Height && width == image.Width ? null : new FileDefect(Missing: false, Difference(path, image, height, width));
        }
        catch (ImageException exception)
        {
            return new FileDefect(Missing: false, exception.Message.TrimEnd('.'));
        }
    }

    /// <summary>Sorts all images of a file.</summary>
    public void ConsiderAll(AnnotationSet annotations, IProgress<double>? progress, CancellationToken cancellation)
    {
        var defects = new FileDefect?[annotations.Images.Length];
        var done = 0;
        Parallel.For(0, defects.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            defects[index] = Inspect(annotations.Images[index]);
            progress?.Report((double)Interlocked.Increment(ref done) / defects.Length);
        });
        var byImage = annotations.ByImage();
        for (var index = 0; index < defects.Length; index++)
        {
            var image = annotations.Images[index];
            Consider(image, byImage.GetValueOrDefault(image.Id) ?? [], defects[index]);
        }
    }

    public void Consider(AnnotatedImage image, IReadOnlyList<InstanceAnnotation> annotations, FileDefect? defect)
    {
        if (defect is not null)
        {
            (LeftOutMissing, LeftOutUnreadable) = defect.Missing ? (LeftOutMissing + 1, LeftOutUnreadable) : (LeftOutMissing, LeftOutUnreadable + 1);
            Report($"image {image.Id}", defect.What, $"left out with its {annotations.Count} objects");
            return;
        }

        if (forTraining && Math.Min(image.Width, image.Height) < SmallestSide)
        {
            LeftOutSmall++;
            Report($"image {image.Id}", $"a side of its {image.Width} x {image.Height} pixels is under {SmallestSide}", $"left out with its {annotations.Count} objects");
            return;
        }

        var objects = annotations.Where(annotation => !annotation.IsCrowd && !IsThin(annotation, image)).Select(annotation => new SampleObject(Clip(annotation.Box, image), labels[annotation.CategoryId], annotation.Segmentation)).ToImmutableArray();
        if (forTraining && objects.IsEmpty)
        {
            LeftOutEmpty++;
            return;
        }

        Images.Add(image);
        Objects.Add(objects);
        Crowds.Add([.. annotations.Where(annotation => annotation.IsCrowd).Select(annotation => Clip(annotation.Box, image))]);
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

        Report($"annotation {annotation.Id}", FormattableString.Invariant($"its box of {box.Width:0.###} x {box.Height:0.###} pixels within the image is thinner than one"), "left out");
        return true;
    }

    private void Report(string entry, string what, string done) => Problems.Add(new AnnotationProblem(file, entry, what, done));

    private static Box Clip(Box box, AnnotatedImage image)
    {
        var (left, top) = (Math.Max(0, box.X), Math.Max(0, box.Y));
        return new Box(left, top, Math.Min(image.Width, box.X + box.Width) - left, Math.Min(image.Height, box.Y + box.Height) - top);
    }

    internal sealed record FileDefect(bool Missing, string What);
}
