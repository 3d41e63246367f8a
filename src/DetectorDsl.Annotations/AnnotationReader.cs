using System.IO.Compression;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads annotation files in the COCO and LVIS formats, plain or gzipped.</summary>
/// <remarks>
/// Entries that cannot be used are left out and reported; a file that cannot be used at all is refused. Formats: cocodataset.org,
/// "Data format"; LVIS, "Annotation format".
/// </remarks>
public static class AnnotationReader
{
    private const string CocoHost = "http://images.cocodataset.org/";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>What can be used of it, and what could not.</returns>
    /// <exception cref="AnnotationException">The file is missing, cut off, or not of the format; the message names the place.</exception>
    public static AnnotationSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var parser = new FileParser(path);
            var bytes = ReadBytes(path);
            parser.Parse(bytes);
            return new AnnotationChecks(path).Apply(parser.Images, parser.Annotations, parser.Categories);
        }
        catch (JsonException exception)
        {
            throw new AnnotationException($"{path}: no valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}: the file is damaged or cut off; copy it again. ({exception.Message})");
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new AnnotationException($"{path}: not in the COCO or LVIS format: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads a file's bytes, decompressing <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The bytes.</returns>
    public static byte[] ReadBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return File.ReadAllBytes(path);
        }

        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private sealed class FileParser(string path)
    {
        public List<AnnotatedImage> Images { get; } = [];

        public List<RawAnnotation> Annotations { get; } = [];

        public List<Category> Categories { get; } = [];

        public void Parse(ReadOnlySpan<byte> bytes)
        {
            if (bytes.StartsWith("\uFEFF"u8))
            {
                bytes = bytes[3..];
            }

            var reader = new Utf8JsonReader(bytes);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new AnnotationException($"{path}: not in the COCO or LVIS format: the file is no JSON object.");
            }

            var known = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("images"u8))
                {
                    known++;
                    JsonItems.ReadObjects(ref reader, ReadImage);
                }
                else if (reader.ValueTextEquals("annotations"u8))
                {
                    known++;
                    JsonItems.ReadObjects(ref reader, ReadAnnotation);
                }
                else if (reader.ValueTextEquals("categories"u8))
                {
                    known++;
                    JsonItems.ReadObjects(ref reader, ReadCategory);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }

            if (known < 3)
            {
                throw new AnnotationException($"{path}: not in the COCO or LVIS format: 'images', 'annotations' and 'categories' are needed.");
            }
        }

        private void ReadImage(ref Utf8JsonReader reader)
        {
            long? id = null;
            string? name = null, url = null;
            int width = 0, height = 0;
            int[] negative = [], notExhaustive = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8)) { id = JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("file_name"u8)) { name = JsonItems.ReadText(ref reader); }
                else if (reader.ValueTextEquals("coco_url"u8)) { url = JsonItems.ReadText(ref reader); }
                else if (reader.ValueTextEquals("width"u8)) { width = (int)JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("height"u8)) { height = (int)JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("neg_category_ids"u8)) { negative = JsonItems.ReadIntegers(ref reader); }
                else if (reader.ValueTextEquals("not_exhaustive_category_ids"u8)) { notExhaustive = JsonItems.ReadIntegers(ref reader); }
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
            var raw = new RawAnnotation { Id = -1, ImageId = -1, CategoryId = -1 };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8)) { raw.Id = JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("image_id"u8)) { raw.ImageId = JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("category_id"u8)) { raw.CategoryId = (int)JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("bbox"u8)) { raw.Box = JsonItems.ReadNumbers(ref reader); }
                else if (reader.ValueTextEquals("area"u8)) { raw.Area = JsonItems.ReadNumber(ref reader); }
                else if (reader.ValueTextEquals("iscrowd"u8)) { raw.IsCrowd = JsonItems.ReadInteger(ref reader) != 0; }
                else if (reader.ValueTextEquals("segmentation"u8)) { raw.Segmentation = SegmentationReader.Read(ref reader); }
                else { JsonItems.SkipValue(ref reader); }
            }

            Annotations.Add(raw);
        }

        private void ReadCategory(ref Utf8JsonReader reader)
        {
            int? id = null, images = null, instances = null;
            string name = "";
            CategoryFrequency? frequency = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8)) { id = (int)JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("name"u8)) { name = JsonItems.ReadText(ref reader) ?? ""; }
                else if (reader.ValueTextEquals("image_count"u8)) { images = (int)JsonItems.ReadInteger(ref reader); }
                else if (reader.ValueTextEquals("instance_count"u8)) { instances = (int)JsonItems.ReadInteger(ref reader); }
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

            Categories.Add(new Category(id ?? throw new FormatException($"category '{name}' has no id."), name) { Frequency = frequency, ImageCount = images, InstanceCount = instances });
        }

        // LVIS v1 states no file name; the address ends in the split's folder and the file.
        private static string FromUrl(string? url) =>
            url is null ? throw new FormatException("an image has neither file_name nor coco_url.")
            : url.StartsWith(CocoHost, StringComparison.Ordinal) ? url[CocoHost.Length..] : url;
    }
}
