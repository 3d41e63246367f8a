using System.Globalization;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Takes an annotation file apart, without judging what it says.</summary>
internal sealed class AnnotationFileParser
{
    private const string CocoHost = "http://images.cocodataset.org/";

    private readonly int windowSize;
    private readonly bool scans;
    private readonly SegmentationReader segmentations;
    private readonly OutlineScanner outlines;
    private string? section;
    private int entry;

    /// <summary>A parser for one file.</summary>
    /// <param name="windowSize">Bytes of the file that are looked at together.</param>
    /// <param name="scans">Whether annotations of the usual form are read without counting lines; then the line of a mistake in the text may be wrong.</param>
    public AnnotationFileParser(int windowSize = JsonWindow.UsualSize, bool scans = true)
    {
        (this.windowSize, this.scans) = (windowSize, scans);
        var (packer, store) = (new PackedRings(), new ByteStore());
        (segmentations, outlines) = (new SegmentationReader(packer, store), new OutlineScanner(packer, store));
    }

    public List<AnnotatedImage> Images { get; } = [];

    public List<RawAnnotation> Annotations { get; } = [];

    public List<Category> Categories { get; } = [];

    /// <summary>Where the parser stands, such as <c>annotations[17]: </c>; empty outside the lists.</summary>
    public string Place => section is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{section}[{entry}]: ");

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="FormatException">It is not of the format.</exception>
    /// <exception cref="InvalidOperationException">A value is of another type.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public void Parse(Stream stream)
    {
        var window = new JsonWindow(stream, windowSize);
        var reader = window.Open();
        if (!window.Read(ref reader) || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("the file is no JSON object.");
        }

        var (images, annotations, categories) = (false, false, false);
        while (window.Read(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("images"u8))
            {
                images = true;
                ReadList(window, ref reader, "images", ReadImage);
            }
            else if (reader.ValueTextEquals("annotations"u8))
            {
                annotations = true;
                ReadList(window, ref reader, "annotations", ReadAnnotation, scans ? Scan : null);
            }
            else if (reader.ValueTextEquals("categories"u8))
            {
                categories = true;
                ReadList(window, ref reader, "categories", ReadCategory);
            }
            else
            {
                window.SkipValue(ref reader);
            }
        }

        // Whatever follows the object is refused here.
        window.Read(ref reader);
        if (!images || !annotations || !categories)
        {
            throw new FormatException("the lists 'images', 'annotations' and 'categories' are needed.");
        }
    }

    private void ReadList(JsonWindow window, ref Utf8JsonReader reader, string name, ReadItem readItem, ScanItems? scan = null)
    {
        (section, entry) = (name, 0);
        window.Read(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("a list was expected.");
        }

        JsonReaderState? behindAnEntry = null;
        while (window.Read(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException($"an object was expected, not {reader.TokenType}.");
            }

            window.Hold(ref reader);
            if (behindAnEntry is { } state && scan!(window.Rest(reader)) is > 0 and var read)
            {
                window.Pass(ref reader, read, state);
                continue;
            }

            readItem(ref reader);
            behindAnEntry = scan is null ? null : reader.CurrentState;
            entry++;
        }

        section = null;
    }

    /// <summary>Reads annotations of the usual form, from behind an opening brace on.</summary>
    /// <returns>Bytes up to and with the closing brace of the last that was read.</returns>
    private int Scan(ReadOnlySpan<byte> bytes)
    {
        var scanner = new AnnotationScanner(bytes, outlines);
        do
        {
            if (scanner.Read(entry) is not { } raw)
            {
                break;
            }

            Annotations.Add(raw);
            entry++;
        }
        while (scanner.TryOpen());

        return scanner.Position;
    }

    private void ReadImage(ref Utf8JsonReader reader)
    {
        long? id = null;
        string? name = null, url = null;
        int width = 0, height = 0;
        int[] negative = [], notExhaustive = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { id = JsonItems.ReadLong(ref reader); }
            else if (reader.ValueTextEquals("file_name"u8)) { name = JsonItems.ReadText(ref reader); }
            else if (reader.ValueTextEquals("coco_url"u8)) { url = JsonItems.ReadText(ref reader); }
            else if (reader.ValueTextEquals("width"u8)) { width = JsonItems.ReadInt(ref reader); }
            else if (reader.ValueTextEquals("height"u8)) { height = JsonItems.ReadInt(ref reader); }
            else if (reader.ValueTextEquals("neg_category_ids"u8)) { negative = JsonItems.ReadInts(ref reader); }
            else if (reader.ValueTextEquals("not_exhaustive_category_ids"u8)) { notExhaustive = JsonItems.ReadInts(ref reader); }
            else { JsonItems.SkipValue(ref reader); }
        }

        Images.Add(new AnnotatedImage(id ?? throw new FormatException("an image has no id."), name ?? FromUrl(url), width, height)
        {
            NegativeCategoryIds = [.. negative],
            NotExhaustiveCategoryIds = [.. notExhaustive],
        });
    }

    private void ReadAnnotation(ref Utf8JsonReader reader)
    {
        var raw = new RawAnnotation { Index = entry };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { raw.Id = JsonItems.ReadLong(ref reader); }
            else if (reader.ValueTextEquals("image_id"u8)) { raw.ImageId = JsonItems.ReadLong(ref reader); }
            else if (reader.ValueTextEquals("category_id"u8)) { raw.CategoryId = JsonItems.ReadInt(ref reader); }
            else if (reader.ValueTextEquals("bbox"u8)) { raw.Box = JsonItems.ReadBox(ref reader); }
            else if (reader.ValueTextEquals("area"u8)) { raw.Area = JsonItems.ReadNumber(ref reader); }
            else if (reader.ValueTextEquals("iscrowd"u8)) { raw.IsCrowd = JsonItems.ReadLong(ref reader) != 0; }
            else if (reader.ValueTextEquals("segmentation"u8)) { raw.Segmentation = segmentations.Read(ref reader); }
            else { JsonItems.SkipValue(ref reader); }
        }

        Annotations.Add(raw);
    }

    private void ReadCategory(ref Utf8JsonReader reader)
    {
        int? id = null, images = null, instances = null;
        string name = "";
        string? synset = null, definition = null;
        CategoryFrequency? frequency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { id = JsonItems.ReadInt(ref reader); }
            else if (reader.ValueTextEquals("name"u8)) { name = JsonItems.ReadText(ref reader) ?? ""; }
            else if (reader.ValueTextEquals("image_count"u8)) { images = JsonItems.ReadInt(ref reader); }
            else if (reader.ValueTextEquals("instance_count"u8)) { instances = JsonItems.ReadInt(ref reader); }
            else if (reader.ValueTextEquals("synset"u8)) { synset = JsonItems.ReadText(ref reader); }
            else if (reader.ValueTextEquals("def"u8)) { definition = JsonItems.ReadText(ref reader); }
            else if (reader.ValueTextEquals("frequency"u8))
            {
                frequency = JsonItems.ReadText(ref reader) switch
                {
                    "r" => CategoryFrequency.Rare,
                    "c" => CategoryFrequency.Common,
                    "f" => CategoryFrequency.Frequent,
                    _ => null,
                };
            }
            else { JsonItems.SkipValue(ref reader); }
        }

        Categories.Add(new Category(id ?? throw new FormatException($"category '{name}' has no id."), name)
        {
            Frequency = frequency,
            ImageCount = images,
            InstanceCount = instances,
            Synset = synset,
            Definition = definition,
        });
    }

    // LVIS v1 states no file name; the address ends in the split's folder and the file.
    private static string FromUrl(string? url) =>
        url is null ? throw new FormatException("an image has neither file_name nor coco_url.")
        : url.StartsWith(CocoHost, StringComparison.Ordinal) ? url[CocoHost.Length..] : url;
}
