using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Data.Datasets;

/// <summary>Images of an annotation file that exist, with their objects labelled 0 to C - 1 in the order of the declared categories.</summary>
public sealed class DetectionDataset
{
    private const int SmallestSide = 32;

    private readonly string imageFolder;
    private readonly ImmutableArray<ImmutableArray<SampleObject>> objects;
    private readonly ImmutableArray<ImmutableArray<Box>> crowds;

    private DetectionDataset(AnnotationSet annotations, string imageFolder, DatasetEntries entries, DatasetSummary summary)
    {
        Annotations = annotations;
        this.imageFolder = imageFolder;
        Images = [.. entries.Images];
        objects = [.. entries.Objects];
        crowds = [.. entries.Crowds];
        Summary = summary;
        CategoryIds = entries.CategoryIds;
    }

    /// <summary>The annotation file's content.</summary>
    public AnnotationSet Annotations { get; }

    /// <summary>The images used, in the file's order.</summary>
    public ImmutableArray<AnnotatedImage> Images { get; }

    /// <summary>Category id of each label.</summary>
    public ImmutableArray<int> CategoryIds { get; }

    /// <summary>What is used and what was left out.</summary>
    public DatasetSummary Summary { get; }

    /// <summary>Opens a data set.</summary>
    /// <param name="annotationFile">COCO or LVIS JSON.</param>
    /// <param name="imageFolder">Folder that the file's image names are relative to.</param>
    /// <param name="categories">Ids and names in label order, as declared.</param>
    /// <param name="forTraining">True leaves out images without objects or with a side under 32 pixels; false keeps every image that exists.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DatasetException">The categories differ from the declared ones, or nothing usable is left.</exception>
    /// <exception cref="AnnotationException">The annotation file cannot be used.</exception>
    public static DetectionDataset Open(string annotationFile, string imageFolder, IReadOnlyList<(int Id, string Name)> categories, bool forTraining)
    {
        var annotations = AnnotationReader.Read(annotationFile);
        CheckCategories(annotationFile, annotations.Categories, categories);
        if (!Directory.Exists(imageFolder))
        {
            throw new DatasetException($"{imageFolder}: the image folder of {annotationFile} does not exist. Name it with --train-images or --validation-images.");
        }

        var labels = categories.Select((category, label) => (category.Id, label)).ToDictionary(pair => pair.Id, pair => pair.label);
        var problems = new List<AnnotationProblem>(annotations.Problems);
        var entries = new DatasetEntries { CategoryIds = [.. categories.Select(category => category.Id)] };
        var byImage = annotations.ByImage();
        foreach (var image in annotations.Images)
        {
            entries.Consider(image, byImage.GetValueOrDefault(image.Id) ?? [], labels, Path.Combine(imageFolder, image.FileName), forTraining, annotationFile, problems);
        }

        if (entries.Images.Count == 0)
        {
            throw new DatasetException($"{annotationFile}: no usable image: {problems.Count} entries were left out, the first because: {(problems.Count > 0 ? problems[0].ToString() : "the file lists none")}");
        }

        return new DetectionDataset(annotations, imageFolder, entries, DatasetSummary.Of(annotationFile, entries, categories, problems));
    }

    /// <summary>Path of an image.</summary>
    /// <param name="index">Its index in <see cref="Images" />.</param>
    /// <returns>The path.</returns>
    public string PathOf(int index) => Path.Combine(imageFolder, Images[index].FileName);

    /// <summary>Reads an image with its objects.</summary>
    /// <param name="index">Its index in <see cref="Images" />.</param>
    /// <returns>The sample, as stored.</returns>
    /// <exception cref="ImageException">The image cannot be read; the message names file and id.</exception>
    public Sample Read(int index)
    {
        var record = Images[index];
        RgbImage image;
        try
        {
            image = ImageDecoder.Read(PathOf(index));
        }
        catch (ImageException exception)
        {
            throw new ImageException($"image {record.Id}: {exception.Message}");
        }

        if (image.Height != record.Height || image.Width != record.Width)
        {
            throw new ImageException($"image {record.Id}: {PathOf(index)}: is {image.Width} x {image.Height}, the annotations say {record.Width} x {record.Height}; mend the annotations.");
        }

        return new Sample(record.Id, image, image.Height, image.Width, objects[index], crowds[index]);
    }

    /// <summary>Which classes each image holds.</summary>
    /// <returns>The index for samplers.</returns>
    public ImageClassIndex ClassIndex() => new(CategoryIds.Length, [.. objects.Select(list => list.Select(item => item.Label).Distinct().ToImmutableArray())]);

    private static void CheckCategories(string file, ImmutableArray<Category> present, IReadOnlyList<(int Id, string Name)> declared)
    {
        var presentById = present.ToDictionary(category => category.Id, category => category.Name);
        var missing = declared.Where(category => !presentById.ContainsKey(category.Id)).Select(category => $"{category.Id} '{category.Name}'").ToList();
        var renamed = declared.Where(category => presentById.TryGetValue(category.Id, out var name) && name != category.Name).Select(category => $"{category.Id} '{category.Name}' is '{presentById[category.Id]}' here").ToList();
        var extra = present.Where(category => declared.All(other => other.Id != category.Id)).Select(category => $"{category.Id} '{category.Name}'").ToList();
        if (missing.Count + renamed.Count + extra.Count > 0)
        {
            throw new DatasetException($"{file}: its categories are not the declared ones. Missing: {List(missing)}. Renamed: {List(renamed)}. Not declared: {List(extra)}. Declare the file's categories with [CategorySet], or use other data.");
        }
    }

    private static string List(List<string> items) =>
        items.Count == 0 ? "none" : string.Join(", ", items.Take(5)) + (items.Count > 5 ? $" and {items.Count - 5} more" : "");

    internal sealed class DatasetEntries
    {
        public List<AnnotatedImage> Images { get; } = [];

        public List<ImmutableArray<SampleObject>> Objects { get; } = [];

        public List<ImmutableArray<Box>> Crowds { get; } = [];

        public ImmutableArray<int> CategoryIds { get; init; }

        public int LeftOutEmpty { get; private set; }

        public int LeftOutSmall { get; private set; }

        public int LeftOutMissing { get; private set; }

        public void Consider(AnnotatedImage image, List<InstanceAnnotation> annotations, Dictionary<int, int> labels, string path, bool forTraining, string file, List<AnnotationProblem> problems)
        {
            var wanted = annotations.Where(annotation => !annotation.IsCrowd).ToList();
            if (!File.Exists(path))
            {
                LeftOutMissing++;
                problems.Add(new AnnotationProblem(file, $"image {image.Id}", $"{path} does not exist", $"left out with its {annotations.Count} objects"));
                return;
            }

            if (forTraining && wanted.Count == 0)
            {
                LeftOutEmpty++;
                return;
            }

            if (forTraining && Math.Min(image.Width, image.Height) < SmallestSide)
            {
                LeftOutSmall++;
                problems.Add(new AnnotationProblem(file, $"image {image.Id}", $"a side of its {image.Width} x {image.Height} pixels is under {SmallestSide}", "left out"));
                return;
            }

            Images.Add(image);
            Objects.Add([.. wanted.Select(annotation => new SampleObject(Clip(annotation.Box, image), labels[annotation.CategoryId], annotation.Segmentation))]);
            Crowds.Add([.. annotations.Where(annotation => annotation.IsCrowd).Select(annotation => Clip(annotation.Box, image))]);
        }

        private static Box Clip(Box box, AnnotatedImage image)
        {
            var (left, top) = (Math.Max(0, box.X), Math.Max(0, box.Y));
            return new Box(left, top, Math.Min(image.Width, box.X + box.Width) - left, Math.Min(image.Height, box.Y + box.Height) - top);
        }
    }
}
