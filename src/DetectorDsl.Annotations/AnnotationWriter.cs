using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Writes annotation files in the LVIS format, which COCO's readers read too, with the members of the file that a set was read from.</summary>
public static class AnnotationWriter
{
    private const int FlushLength = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="set">Images, objects, categories.</param>
    public static void Write(Stream stream, AnnotationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        set.Extra?.Write(json);
        json.WriteStartArray("images");
        foreach (var image in set.Images)
        {
            WriteImage(json, image);
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        var images = set.Images.Where(image => image.StatedId is not null).ToDictionary(image => image.Id, image => image.StatedId);
        var categories = set
            .Categories.Where(category => category.StatedId is not null)
            .ToDictionary(category => category.Id, category => category.StatedId);
        foreach (var annotation in set.Annotations)
        {
            json.WriteStartObject();
            json.WriteNumber("id", annotation.Id);
            WriteId(json, "image_id", annotation.ImageId, images.GetValueOrDefault(annotation.ImageId));
            WriteId(json, "category_id", annotation.CategoryId, categories.GetValueOrDefault(annotation.CategoryId));
            WriteAnnotation(json, annotation);
            json.WriteEndObject();
            if (json.BytesPending > FlushLength)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        WriteCategories(json, set.Categories);
        json.WriteEndObject();
    }

    /// <summary>Writes a category file: the list of categories alone.</summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="categories">The categories.</param>
    public static void WriteCategoryFile(Stream stream, IEnumerable<Category> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        WriteCategories(json, categories);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, AnnotatedImage image)
    {
        json.WriteStartObject();
        WriteId(json, "id", image.Id, image.StatedId);
        if (image.FileName.Length > 0)
        {
            json.WriteString("file_name", image.FileName);
        }

        if (image.HasSize)
        {
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
        }

        // A file of COCO's that named no absent categories would pass for one of LVIS's whose images have none.
        if (image.StatesNegatives || !image.NegativeCategoryIds.IsEmpty || !image.NotExhaustiveCategoryIds.IsEmpty)
        {
            WriteIntegers(json, "neg_category_ids", image.NegativeCategoryIds);
            WriteIntegers(json, "not_exhaustive_category_ids", image.NotExhaustiveCategoryIds);
        }

        image.Extra?.Write(json);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, InstanceAnnotation annotation)
    {
        json.WriteStartArray("bbox");
        json.WriteNumberValue(annotation.Box.X);
        json.WriteNumberValue(annotation.Box.Y);
        json.WriteNumberValue(annotation.Box.Width);
        json.WriteNumberValue(annotation.Box.Height);
        json.WriteEndArray();
        json.WriteNumber("area", annotation.Area);

        // pycocotools needs it of every object.
        json.WriteNumber("iscrowd", annotation.IsCrowd ? 1 : 0);
        if (annotation.IsIgnored)
        {
            json.WriteNumber("ignore", 1);
        }

        annotation.Segmentation?.Write(json);
        annotation.Extra?.Write(json);
    }

    private static void WriteCategories(Utf8JsonWriter json, IEnumerable<Category> categories)
    {
        json.WriteStartArray("categories");
        foreach (var category in categories)
        {
            json.WriteStartObject();
            WriteId(json, "id", category.Id, category.StatedId);
            json.WriteString("name", category.Name);
            WriteText(json, "synset", category.Synset);
            WriteText(json, "def", category.Definition);
            if (category.Frequency is { } frequency)
            {
                json.WriteString(
                    "frequency",
                    frequency switch
                    {
                        CategoryFrequency.Rare => "r",
                        CategoryFrequency.Common => "c",
                        _ => "f",
                    }
                );
            }

            if (category.ImageCount is { } images)
            {
                json.WriteNumber("image_count", images);
            }

            if (category.InstanceCount is { } instances)
            {
                json.WriteNumber("instance_count", instances);
            }

            category.Extra?.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteId(Utf8JsonWriter json, string name, long id, string? word)
    {
        if (word is null)
        {
            json.WriteNumber(name, id);
        }
        else
        {
            json.WriteString(name, word);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
