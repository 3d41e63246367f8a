using System.Globalization;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Takes an annotation file apart, without judging what it says. An entry that cannot be read is reported and left out.</summary>
internal sealed class AnnotationFileParser
{
    private const string LeftOut = "left out";

    private readonly int windowSize;
    private readonly bool scans;
    private readonly SegmentationReader segmentations;
    private readonly OutlineScanner outlines;
    private readonly EntryValues values = new();
    private readonly MemberBuffer extra;
    private readonly ProblemList problems;
    private string? section;
    private int entry;

    /// <summary>A parser for one file.</summary>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="windowSize">Bytes of the file that are looked at together.</param>
    /// <param name="scans">Whether annotations of the usual form are read without counting lines; then the line of a mistake in the text may be wrong.</param>
    public AnnotationFileParser(ProblemList problems, int windowSize = JsonWindow.UsualSize, bool scans = true)
    {
        (this.problems, this.windowSize, this.scans) = (problems, windowSize, scans);
        var (packer, store) = (new PackedRings(), new ByteStore());
        (segmentations, outlines, extra) = (
            new SegmentationReader(packer, store),
            new OutlineScanner(packer, store),
            new MemberBuffer(store)
        );
    }

    public List<AnnotatedImage> Images { get; } = [];

    public List<RawAnnotation> Annotations { get; } = [];

    public List<Category> Categories { get; } = [];

    /// <summary>Members of the file beside the three lists.</summary>
    public JsonMembers? Extra { get; private set; }

    /// <summary>Annotations that were left out.</summary>
    public int AnnotationsLeftOut { get; private set; }

    public WordIds ImageWords { get; } = new(long.MinValue);

    public WordIds CategoryWords { get; } = new(int.MinValue);

    public WordIds AnnotationWords { get; } = new(long.MinValue);

    /// <summary>Where the parser stands, such as <c>annotations[17]: </c>; empty outside the lists.</summary>
    public string Place => section is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{section}[{entry}]: ");

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="FormatException">It is not of the format.</exception>
    /// <exception cref="InvalidOperationException">A name is no text.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public void Parse(Stream stream)
    {
        var window = new JsonWindow(stream, windowSize);
        var reader = window.Open();
        if (!window.Read(ref reader) || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException(
                reader.TokenType == JsonTokenType.StartArray
                    ? "the file is a list, as results files are, and no JSON object with the lists 'images', 'annotations' and 'categories'."
                    : "the file is no JSON object."
            );
        }

        var others = new MemberBuffer(new ByteStore());
        var (images, annotations, categories) = (false, false, false);
        while (window.Read(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("images"u8))
            {
                images = true;
                ReadList(window, ref reader, "images", (ref entry) => ReadImage(ref entry, window));
            }
            else if (reader.ValueTextEquals("annotations"u8))
            {
                annotations = true;
                ReadList(window, ref reader, "annotations", (ref entry) => ReadAnnotation(ref entry, window), scans ? Scan : null);
            }
            else if (reader.ValueTextEquals("categories"u8))
            {
                categories = true;
                ReadList(window, ref reader, "categories", (ref entry) => ReadCategory(ref entry, window));
            }
            else
            {
                ReadOther(window, ref reader, others);
            }
        }

        // Whatever follows the object is refused here.
        window.Read(ref reader);
        if (!images || !annotations || !categories)
        {
            throw new FormatException("the lists 'images', 'annotations' and 'categories' are needed.");
        }

        Extra = others.Take();
    }

    /// <summary>Keeps a member of the file that is none of the lists, unless it is too large.</summary>
    private void ReadOther(JsonWindow window, ref Utf8JsonReader reader, MemberBuffer others)
    {
        var name = JsonItems.TextOf(ref reader);
        window.Read(ref reader);
        if (name is null || !window.TryHold(ref reader) || others.Length > InputBudget.LargestEntry)
        {
            problems.Add(
                $"'{name}'",
                $"it takes more than {InputBudget.LargestEntry >> 20} MiB, or has no name that could be written",
                "passed over"
            );
            window.SkipRest(ref reader);
            return;
        }

        // The window has gone on behind an opening bracket, but not behind a value of one token.
        var opening = reader.TokenType switch
        {
            JsonTokenType.StartArray => "["u8,
            JsonTokenType.StartObject => "{"u8,
            _ => default,
        };
        var start = opening.IsEmpty ? reader.TokenStartIndex : reader.BytesConsumed;
        JsonItems.SkipRest(ref reader);
        others.Add(name, opening, window.Held(start, reader.BytesConsumed));
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
            window.Hold(ref reader);
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var what = JsonItems.Describe(ref reader);
                LeaveOut($"it is {what}, where an object is wanted");
                window.SkipRest(ref reader);
                entry++;
                continue;
            }

            if (behindAnEntry is { } state && scan!(window.Rest(reader)) is > 0 and var read)
            {
                window.Pass(ref reader, read, state);
                continue;
            }

            values.Clear();
            extra.Clear();
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

            Add(raw);
            entry++;
        } while (scanner.TryOpen());

        return scanner.Position;
    }

    private void ReadImage(ref Utf8JsonReader reader, JsonWindow window)
    {
        long? id = null;
        var image = new AnnotatedImage(0, "", 0, 0);
        string? name = null,
            url = null;
        int? width = null,
            height = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = values.ReadId(ref reader, "id", ImageWords);
            }
            else if (reader.ValueTextEquals("file_name"u8))
            {
                name = values.ReadText(ref reader, "file_name");
            }
            else if (reader.ValueTextEquals("width"u8))
            {
                width = values.ReadInt(ref reader, "width");
            }
            else if (reader.ValueTextEquals("height"u8))
            {
                height = values.ReadInt(ref reader, "height");
            }
            else if (reader.ValueTextEquals("neg_category_ids"u8))
            {
                image = image with { StatesNegatives = true, NegativeCategoryIds = values.ReadInts(ref reader, "neg_category_ids") };
            }
            else if (reader.ValueTextEquals("not_exhaustive_category_ids"u8))
            {
                image = image with { NotExhaustiveCategoryIds = values.ReadInts(ref reader, "not_exhaustive_category_ids") };
            }
            else
            {
                var isUrl = reader.ValueTextEquals("coco_url"u8);
                var before = reader;
                extra.Add(ref reader, window);
                url = isUrl ? values.ReadText(ref before, "coco_url") : url;
            }
        }

        if (id is not { } known)
        {
            LeaveOut(values.Mistake ?? "an image has no id");
            return;
        }

        if (values.Mistake is { } mistake)
        {
            problems.Add(
                $"image {ImageWords.WordOf(known) ?? known.ToString(CultureInfo.InvariantCulture)}",
                $"{mistake}",
                "read without it"
            );
        }

        // LVIS v1 states no file name.
        name ??= url is null ? "" : AnnotatedImage.NameFromUrl(url);
        Images.Add(
            image with
            {
                Id = known,
                FileName = name,
                Width = width ?? 0,
                Height = height ?? 0,
                StatesSize = width is not null || height is not null,
                Extra = extra.Take(),
            }
        );
    }

    private void ReadAnnotation(ref Utf8JsonReader reader, JsonWindow window)
    {
        var raw = new RawAnnotation { Index = entry };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                raw.Id = values.ReadId(ref reader, "id", AnnotationWords);
            }
            else if (reader.ValueTextEquals("image_id"u8))
            {
                raw.ImageId = values.ReadId(ref reader, "image_id", ImageWords);
            }
            else if (reader.ValueTextEquals("category_id"u8))
            {
                raw.CategoryId = values.ReadIntId(ref reader, "category_id", CategoryWords);
            }
            else if (reader.ValueTextEquals("bbox"u8))
            {
                raw.Box = values.ReadBox(ref reader, "bbox");
            }
            else if (reader.ValueTextEquals("area"u8))
            {
                raw.Area = values.ReadNumber(ref reader, "area");
            }
            else if (reader.ValueTextEquals("iscrowd"u8))
            {
                raw.IsCrowd = values.ReadMark(ref reader, "iscrowd", false);
            }
            else if (reader.ValueTextEquals("ignore"u8))
            {
                var before = reader;
                raw.IsIgnored = values.ReadMark(ref reader, "ignore", false) ?? false;
                if (!raw.IsIgnored)
                {
                    extra.Add(ref before, window);
                }
            }
            else if (reader.ValueTextEquals("segmentation"u8))
            {
                var before = reader;
                raw.Segmentation = segmentations.Read(ref reader);
                if (raw.Segmentation is { IsLost: true })
                {
                    extra.Add(ref before, window);
                }
            }
            else
            {
                extra.Add(ref reader, window);
            }
        }

        (raw.Mistake, raw.Extra) = (values.Mistake, extra.Take());
        Add(raw);
    }

    private void Add(RawAnnotation raw)
    {
        if (raw is { ImageId: not null, CategoryId: not null, IsCrowd: not null })
        {
            Annotations.Add(raw);
            return;
        }

        AnnotationsLeftOut++;
        var lack = raw is { ImageId: not null, CategoryId: not null } ? null : "it needs 'image_id' and 'category_id'";
        FormattableString what = $"{lack}{(lack is null || raw.Mistake is null ? "" : "; ")}{raw.Mistake}";
        if (raw.Id is { } id)
        {
            problems.Add($"annotation {AnnotationWords.WordOf(id) ?? id.ToString(CultureInfo.InvariantCulture)}", what, LeftOut);
        }
        else
        {
            problems.Add($"annotations[{raw.Index}]", what, LeftOut);
        }
    }

    private void ReadCategory(ref Utf8JsonReader reader, JsonWindow window)
    {
        int? id = null;
        var category = new Category(0, "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = values.ReadIntId(ref reader, "id", CategoryWords);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                category = category with { Name = values.ReadText(ref reader, "name") ?? "" };
            }
            else if (reader.ValueTextEquals("image_count"u8))
            {
                category = category with { ImageCount = values.ReadInt(ref reader, "image_count") };
            }
            else if (reader.ValueTextEquals("instance_count"u8))
            {
                category = category with { InstanceCount = values.ReadInt(ref reader, "instance_count") };
            }
            else if (reader.ValueTextEquals("synset"u8))
            {
                category = category with { Synset = values.ReadText(ref reader, "synset") };
            }
            else if (reader.ValueTextEquals("def"u8))
            {
                category = category with { Definition = values.ReadText(ref reader, "def") };
            }
            else if (reader.ValueTextEquals("frequency"u8))
            {
                var before = reader;
                category = category with { Frequency = FrequencyOf(values.ReadText(ref reader, "frequency")) };
                if (category.Frequency is null)
                {
                    extra.Add(ref before, window);
                }
            }
            else
            {
                extra.Add(ref reader, window);
            }
        }

        if (id is not { } known)
        {
            LeaveOut(values.Mistake ?? $"category '{category.Name}' has no id");
            return;
        }

        if (values.Mistake is { } mistake)
        {
            problems.Add(
                $"category {CategoryWords.WordOf(known) ?? known.ToString(CultureInfo.InvariantCulture)} ({category.Name})",
                $"{mistake}",
                "read without it"
            );
        }

        Categories.Add(category with { Id = known, Extra = extra.Take() });
    }

    private static CategoryFrequency? FrequencyOf(string? letter) =>
        letter switch
        {
            "r" => CategoryFrequency.Rare,
            "c" => CategoryFrequency.Common,
            "f" => CategoryFrequency.Frequent,
            _ => null,
        };

    private void LeaveOut(string what)
    {
        AnnotationsLeftOut += section == "annotations" ? 1 : 0;
        problems.Add($"{section}[{entry}]", $"{what}", LeftOut);
    }
}
