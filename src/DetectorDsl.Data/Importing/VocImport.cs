using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>
/// Pascal VOC's files, one XML an image. Boxes count pixels from 1 and include the last one, so that <c>xmin</c> 1 is the left edge and the width is
/// <c>xmax - xmin + 1</c>. Objects marked <c>difficult</c> become crowd regions: neither learnt nor held against a detector, as VOC has it.
/// </summary>
public static class VocImport
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">Folder of the XML files.</param>
    /// <param name="names">Class names in label order; null for those that occur, in the order of their characters.</param>
    /// <returns>The set, with ids from 1 in the order of the files' names; files and objects that cannot be used are among its problems.</returns>
    /// <exception cref="AnnotationException">The folder does not exist or holds no XML file.</exception>
    public static AnnotationSet Read(string folder, ImmutableArray<string>? names)
    {
        if (!Directory.Exists(folder))
        {
            throw new AnnotationException($"{folder}: no such folder of VOC's XML files. Name it with --labels.");
        }

        var set = new ImportedSet();
        var documents = Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).Select(file => (File: file, Root: Load(file, set))).ToList();
        if (documents.Count == 0)
        {
            throw new AnnotationException($"{folder}: holds no XML file. Name VOC's folder Annotations with --labels.");
        }

        ImmutableArray<string> classes = names ?? [.. documents.SelectMany(document => document.Root?.Elements("object") ?? []).Select(item => Text(item, "name")).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        var ids = classes.Select((name, index) => (name, Id: index + 1)).ToDictionary(pair => pair.name, pair => pair.Id);
        foreach (var (file, root) in documents)
        {
            if (root is not null)
            {
                ReadImage(set, file, root, ids);
            }
        }

        return set.Complete(classes);
    }

    // A document type would let a file name other files; none is read.
    private static XElement? Load(string file, ImportedSet set)
    {
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Root;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            set.LeaveOut(file, "file", $"no XML that can be read ({exception.Message.TrimEnd('.')})");
            return null;
        }
    }

    private static void ReadImage(ImportedSet set, string file, XElement root, Dictionary<string, int> ids)
    {
        var name = Text(root, "filename") is { Length: > 0 } stated ? stated : Path.ChangeExtension(Path.GetFileName(file), ".jpg");
        if (Number(root.Element("size"), "width") is not { } width || Number(root.Element("size"), "height") is not { } height || width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue)
        {
            set.LeaveOut(file, "image", $"its size is stated as '{Text(root.Element("size"), "width")}' x '{Text(root.Element("size"), "height")}'; give both in pixels");
            return;
        }

        var image = set.Add(name, (int)width, (int)height);
        var number = 0;
        foreach (var item in root.Elements("object"))
        {
            number++;
            var entry = FormattableString.Invariant($"object {number}");
            var (category, box) = (Text(item, "name"), item.Element("bndbox"));
            if (!ids.TryGetValue(category, out var id))
            {
                set.LeaveOut(file, entry, category.Length == 0 ? "it has no name" : $"the class '{category}' is not among the class names");
            }
            else if (Number(box, "xmin") is not { } left || Number(box, "ymin") is not { } top || Number(box, "xmax") is not { } right || Number(box, "ymax") is not { } bottom)
            {
                set.LeaveOut(file, entry, $"its box is '{Text(box, "xmin")}', '{Text(box, "ymin")}', '{Text(box, "xmax")}', '{Text(box, "ymax")}'; four numbers are wanted");
            }
            else if (right < left || bottom < top || left > width || top > height || right < 1 || bottom < 1)
            {
                set.LeaveOut(file, entry, FormattableString.Invariant($"its box from {left}, {top} to {right}, {bottom} is empty or outside the image of {width} x {height}"));
            }
            else
            {
                var found = new Box(left - 1, top - 1, right - left + 1, bottom - top + 1);
                set.Add(image, id, found, found.Area, null, Text(item, "difficult") == "1");
            }
        }
    }

    private static string Text(XElement? parent, string name) => parent?.Element(name)?.Value.Trim() ?? "";

    private static double? Number(XElement? parent, string name) =>
        double.TryParse(Text(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
