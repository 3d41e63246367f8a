using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Images;
using DetectorDsl.Data.Sampling;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Datasets;

/// <summary>Images of an annotation file that can be read, with their objects labelled 0 to C - 1 in the order of the declared categories.</summary>
public sealed class DetectionDataset
{
    private readonly ImageLocator locator;
    private readonly ImmutableArray<ImmutableArray<SampleObject>> objects;
    private readonly ImmutableArray<ImmutableArray<Box>> crowds;

    private DetectionDataset(
        AnnotationSet annotations,
        string imageFolder,
        ImmutableArray<int> categoryIds,
        DatasetEntries entries,
        DatasetSummary summary
    )
    {
        Annotations = annotations;
        locator = new ImageLocator(imageFolder);
        CategoryIds = categoryIds;
        Images = [.. entries.Images];
        objects = [.. entries.Objects];
        crowds = [.. entries.Crowds];
        Summary = summary;
    }

    /// <summary>The annotation file's content as it is stated, for evaluation; images without a stated size have that of their file.</summary>
    public AnnotationSet Annotations { get; }

    /// <summary>The images used, in the file's order.</summary>
    public ImmutableArray<AnnotatedImage> Images { get; }

    /// <summary>Category id of each label.</summary>
    public ImmutableArray<int> CategoryIds { get; }

    /// <summary>What is used and what was left out.</summary>
    public DatasetSummary Summary { get; }

    /// <summary>Opens a data set. Every image file is looked at: whether it is there, an image, whole, and of the stated size.</summary>
    /// <param name="annotationFile">COCO or LVIS JSON.</param>
    /// <param name="imageFolder">Folder that the file's image names are relative to.</param>
    /// <param name="categories">Ids and names in label order, as declared.</param>
    /// <param name="forTraining">True leaves out images without objects or with a side under 32 pixels, and boxes thinner than a pixel; false keeps
    /// every image that can be read.</param>
    /// <param name="imageIds">Ids of the images wanted; null for all.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <param name="limit">Most images looked at, spread evenly over the file; null for all.</param>
    /// <param name="cache">Keeps large files in a form that is read in a moment; null to do without.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DatasetException">The categories differ from the declared ones, or nothing usable is left.</exception>
    /// <exception cref="AnnotationException">The annotation file cannot be used.</exception>
    public static DetectionDataset Open(
        string annotationFile,
        string imageFolder,
        IReadOnlyList<(int Id, string Name)> categories,
        bool forTraining,
        IReadOnlySet<long>? imageIds = null,
        CancellationToken cancellation = default,
        int? limit = null,
        AnnotationCache? cache = null
    )
    {
        ArgumentNullException.ThrowIfNull(categories);
        var annotations = cache?.Read(annotationFile) ?? AnnotationReader.Read(annotationFile);
        annotations = imageIds is null ? annotations : annotations.OnlyImages(imageIds);
        annotations = limit is null ? annotations : annotations.Spread(limit.Value);
        CategoryAgreement.Check(annotationFile, annotations.Categories, categories);
        if (!Directory.Exists(imageFolder))
        {
            throw new DatasetException(
                $"{imageFolder}: the image folder of {annotationFile} does not exist. Name it with --train-images or --validation-images."
            );
        }

        var labels = categories.Select((category, label) => (category.Id, label)).ToDictionary(pair => pair.Id, pair => pair.label);
        var entries = new DatasetEntries(annotationFile, imageFolder, forTraining, labels);
        entries.ConsiderAll(annotations, null, cancellation);
        var summary = DatasetSummary.Of(annotationFile, entries, categories);
        if (
            entries.LeftOutMissing == annotations.Images.Length
            && annotations.Images is [var first, ..]
            && ImageLocator.IsOfLvis(first.FileName)
        )
        {
            throw new DatasetException(
                $"{annotationFile}: none of its {annotations.Images.Length} images is below {imageFolder}. LVIS's annotations come without images, which are those of COCO 2017: unpack train2017.zip and val2017.zip from cocodataset.org there, so that {Path.Combine(imageFolder, first.FileName)} exists, or name the folder that holds train2017 and val2017."
            );
        }

        return entries.Images.Count > 0
            ? new DetectionDataset(entries.Annotations, imageFolder, [.. categories.Select(category => category.Id)], entries, summary)
            : throw new DatasetException(
                $"{annotationFile}: no usable image is left of {annotations.Images.Length}: {string.Join(" ", summary.Lines(3).Skip(1))}"
            );
    }

    /// <summary>Path of an image.</summary>
    /// <param name="index">Its index in <see cref="Images" />.</param>
    /// <returns>The path.</returns>
    public string PathOf(int index) => locator.PathOf(Images[index].FileName);

    /// <summary>The objects of an image.</summary>
    /// <param name="index">Its index in <see cref="Images" />.</param>
    /// <returns>The objects that count, crowds left out, in pixels of the image as stored.</returns>
    public ImmutableArray<SampleObject> ObjectsOf(int index) => objects[index];

    /// <summary>Reads an image with its objects. May be called on several threads.</summary>
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

        return image.Height == record.Height && image.Width == record.Width
            ? new Sample(record.Id, image, image.Height, image.Width, objects[index], crowds[index])
            : throw new ImageException(
                $"image {record.Id}: {DatasetEntries.Difference(PathOf(index), record, image.Height, image.Width)}; mend the annotations."
            );
    }

    /// <summary>How often each class occurs.</summary>
    /// <returns>The counts of the images used.</returns>
    public ClassFrequencies ClassFrequencies()
    {
        var instances = new int[CategoryIds.Length];
        foreach (var item in objects.SelectMany(list => list))
        {
            instances[item.Label]++;
        }

        return new ClassFrequencies(Images.Length, [.. ClassIndex().ImageCounts()], [.. instances]);
    }

    /// <summary>Which classes each image holds.</summary>
    /// <returns>The index for samplers.</returns>
    public ImageClassIndex ClassIndex() =>
        new(CategoryIds.Length, [.. objects.Select(list => list.Select(item => item.Label).Distinct().ToImmutableArray())]);
}
