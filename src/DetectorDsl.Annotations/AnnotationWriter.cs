using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Writes annotation files in the LVIS format, which COCO's readers read too.</summary>
public static class AnnotationWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="stream">Receives the JSON.</param>
    /// <param name="set">Images, objects, categories.</param>
    public static void Write(Stream stream, AnnotationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("images");
        foreach (var image in set.Images)
        {
            json.WriteStartObject();
            json.WriteNumber("id", image.Id);
            json.WriteString("file_name", image.FileName);
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
            WriteIntegers(json, "neg_category_ids", image.NegativeCategoryIds);
            WriteIntegers(json, "not_exhaustive_category_ids", image.NotExhaustiveCategoryIds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        foreach (var annotation in set.Annotations)
        {
            WriteAnnotation(json, annotation);
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

    private static void WriteAnnotation(Utf8JsonWriter json, InstanceAnnotation annotation)
    {
        json.WriteStartObject();
        json.WriteNumber("id", annotation.Id);
        json.WriteNumber("image_id", annotation.ImageId);
        json.WriteNumber("category_id", annotation.CategoryId);
        json.WriteStartArray("bbox");
        json.WriteNumberValue(annotation.Box.X);
        json.WriteNumberValue(annotation.Box.Y);
        json.WriteNumberValue(annotation.Box.Width);
        json.WriteNumberValue(annotation.Box.Height);
        json.WriteEndArray();
        json.WriteNumber("area", annotation.Area);
        if (annotation.IsCrowd)
        {
            json.WriteNumber("iscrowd", 1);
        }

        annotation.Segmentation?.Write(json);
        json.WriteEndObject();
    }

    private static void WriteCategories(Utf8JsonWriter json, IEnumerable<Category> categories)
    {
        json.WriteStartArray("categories");
        foreach (var category in categories)
        {
            json.WriteStartObject();
            json.WriteNumber("id", category.Id);
            json.WriteString("name", category.Name);
            WriteText(json, "synset", category.Synset);
            WriteText(json, "def", category.Definition);
            if (category.Frequency is { } frequency)
            {
                json.WriteString("frequency", frequency switch { CategoryFrequency.Rare => "r", CategoryFrequency.Common => "c", _ => "f" });
            }

            if (category.ImageCount is { } images)
            {
                json.WriteNumber("image_count", images);
            }

            if (category.InstanceCount is { } instances)
            {
                json.WriteNumber("instance_count", instances);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
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
