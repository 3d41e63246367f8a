using System.Collections.Immutable;
using System.Xml.Linq;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Importing;

/// <summary>
/// Pascal VOC's files, one XML an image. Boxes count pixels from 1 and include the last one, so that <c>xmin</c> 1 is the left edge and the width is
/// <c>xmax - xmin + 1</c>; a file with a box that begins before 1 counts from 0. Objects marked <c>difficult</c> become crowd regions: neither learnt nor
/// held against a detector, as VOC has it.
/// </summary>
public sealed class VocImport
{
    private readonly ImportedSet set = new();
    private readonly string folder;
    private readonly VocImages images;
    private readonly Dictionary<string, string> taken = new(StringComparer.Ordinal);

    private VocImport(string folder, VocImages images) => (this.folder, this.images) = (folder, images);

    /// <summary>Reads a folder and those below it.</summary>
    /// <param name="folder">Folder of the XML files.</param>
    /// <param name="names">Class names in label order; null for those that occur, in the order of their characters.</param>
    /// <param name="images">Folder of the images; null looks for <c>JPEGImages</c> or <c>images</c> beside <paramref name="folder" />, and for images within it.</param>
    /// <returns>The set, with ids from 1 in the order of the files' names; files and objects that cannot be used are among its problems.</returns>
    /// <exception cref="AnnotationException">The folder does not exist or holds no XML file.</exception>
    /// <exception cref="DatasetException">The image folder does not exist.</exception>
    public static ImportedAnnotations Read(string folder, ImmutableArray<string>? names, string? images = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new AnnotationException($"{folder}: no such folder of VOC's XML files. Name it with --labels.");
        }

        return new VocImport(folder, VocImages.Of(folder, images)).ReadAll(names);
    }

    private ImportedAnnotations ReadAll(ImmutableArray<string>? names)
    {
        var files = FolderTree.Files(folder);
        var documents = files.Where(IsXml).Select(file => (File: file, Root: Load(file))).ToList();
        if (documents.Count == 0)
        {
            throw new AnnotationException($"{folder}: holds no XML file. Name VOC's folder Annotations with --labels.");
        }

        foreach (var file in files.Where(file => !IsXml(file) && !ImageFiles.IsNamedSo(file)))
        {
            set.Remark("Files among the annotations that are no XML", file);
        }

        if (images.Folder is null)
        {
            set.Remark("Without a folder of images (--images names one) each image is called like its XML file", folder);
        }

        ImmutableArray<string> classes = names
            ??
            [
                .. documents
                    .SelectMany(document => document.Root?.Elements("object") ?? [])
                    .Select(item => item.Text("name"))
                    .Where(name => name.Length > 0)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
        var ids = classes.Select((name, index) => (name, Id: index + 1)).ToDictionary(pair => pair.name, pair => pair.Id);

        // A file's own image is no other file's, whatever that states.
        foreach (var (file, root) in documents)
        {
            if (root is not null && images.Own(Path.GetRelativePath(folder, file), root.Text("filename")) is { } own)
            {
                taken.TryAdd(own, file);
            }
        }

        foreach (var (file, root) in documents)
        {
            if (root is not null)
            {
                ReadFile(file, root, ids);
            }
        }

        return set.Complete(classes);
    }

    private static bool IsXml(string file) => Path.GetExtension(file).Equals(".xml", StringComparison.OrdinalIgnoreCase);

    private XElement? Load(string file)
    {
        var (root, mistake) = VocXml.Read(file);
        if (mistake is not null)
        {
            set.LeaveOut(file, "file", mistake);
        }

        return root;
    }

    private void ReadFile(string file, XElement root, Dictionary<string, int> ids)
    {
        var stated = root.Text("filename");
        if ((images.Own(Path.GetRelativePath(folder, file), stated) ?? images.Stated(stated)) is not { } name)
        {
            set.LeaveOut(file, "image", $"{images.Folder} has no image called like this file, nor '{stated}'");
            return;
        }

        if (!taken.TryAdd(name, file) && taken[name] != file)
        {
            set.LeaveOut(file, "image", $"its image would be {name}, which is that of {taken[name]}");
            return;
        }

        if (VocImages.Differs(name, stated))
        {
            set.Remark("Files that state another image than the one of their own name, which is taken", $"{file}: '{stated}'");
        }

        if (SizeOf(name, root.Element("size")) is var (size, mistake) && mistake is not null)
        {
            set.LeaveOut(file, "image", mistake);
            return;
        }

        ReadObjects(file, root, set.Add(name, size.Width, size.Height), size, ids);
    }

    private ((int Width, int Height) Size, string? Mistake) SizeOf(string name, XElement? stated)
    {
        var (width, height) = (stated.Number("width"), stated.Number("height"));
        var isStated = width is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue;
        if (images.Folder is null)
        {
            return isStated
                ? (((int)width!, (int)height!), null)
                : (
                    default,
                    $"its size is stated as '{stated.Text("width")}' x '{stated.Text("height")}'; give both in pixels, or name the images with --images"
                );
        }

        try
        {
            var found = ImageDecoder.ReadSize(Path.Combine(images.Folder, name));
            return isStated && ((int)width! != found.Width || (int)height! != found.Height)
                ? (
                    default,
                    FormattableString.Invariant(
                        $"its size is stated as {width} x {height}, but {name} is {found.Width} x {found.Height} pixels, so that the boxes are of another image or another size"
                    )
                )
                : ((found.Width, found.Height), null);
        }
        catch (ImageException exception)
        {
            return (default, exception.Message.TrimEnd('.'));
        }
    }

    private void ReadObjects(string file, XElement root, long image, (int Width, int Height) size, Dictionary<string, int> ids)
    {
        var items = root.Elements("object").ToList();
        var first = items.Exists(item => VocObject.Corners(item) is var (left, top, _, _) && Math.Min(left, top) is > -1 and < 1) ? 0 : 1;
        if (first == 0)
        {
            set.Remark("Files whose boxes count pixels from 0, not from 1 as VOC does, and are taken so", file);
        }

        for (var number = 1; number <= items.Count; number++)
        {
            var entry = FormattableString.Invariant($"object {number}");
            var item = new VocObject(items[number - 1], first);
            var (box, mistake) = item.Box(size.Width, size.Height);
            mistake =
                ids.TryGetValue(item.Class, out var id) ? mistake
                : item.Class.Length == 0 ? "it has no name"
                : $"the class '{item.Class}' is not among the class names";
            if (mistake is not null)
            {
                set.LeaveOut(file, entry, mistake);
                continue;
            }

            var outline = item.HasOutline && item.Outline() is { } ring ? ImportedOutline.Of(ring).Outline : null;
            if (item.HasOutline && outline is null)
            {
                set.Remark(
                    "Outlines that are not three corners of two numbers at least, of which the box alone is taken",
                    $"{file}: {entry}"
                );
            }

            set.Add(image, id, box, outline?.ToMask(size.Height, size.Width).Area ?? box.Area, outline, item.IsDifficult);
        }
    }
}
