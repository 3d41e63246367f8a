using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Importing;

/// <summary>
/// YOLO's text files: one for each image, of its name with the ending <c>.txt</c>; a line an object, <c>class x y width height</c> with the box's
/// centre, or <c>class x1 y1 x2 y2 x3 y3 ...</c> with an outline, all as shares of the image's sides, classes from 0. Of rows with key points the box is
/// taken, the points are left.
/// </summary>
public static class YoloImport
{
    /// <summary>Reads the objects of images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="names">Class names in the order of their numbers.</param>
    /// <param name="points">Key points behind the box of each row; null where rows have none.</param>
    /// <returns>The set, with ids from 1 in the order of the images' names; files and lines that cannot be used are among its problems.</returns>
    public static ImportedAnnotations Read(YoloImages images, ImmutableArray<string> names, YoloPoints? points)
    {
        ArgumentNullException.ThrowIfNull(images);
        var set = new ImportedSet();
        foreach (var image in images.Images)
        {
            try
            {
                var (height, width) = ImageDecoder.ReadSize(image.File);
                var id = set.Add(image.Name, width, height);
                if (Path.Exists(image.Labels))
                {
                    ReadLabels(set, image.Labels, id, (width, height), names, points);
                }
            }
            catch (ImageException exception)
            {
                set.LeaveOut(image.File, "image", exception.Message.TrimEnd('.'));
            }
        }

        Account(set, images);
        return set.Complete(names);
    }

    private static void ReadLabels(
        ImportedSet set,
        string file,
        long image,
        (int Width, int Height) size,
        ImmutableArray<string> names,
        YoloPoints? points
    )
    {
        string[] lines;
        try
        {
            lines = InputText.Lines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            set.LeaveOut(file, "file", $"it cannot be read ({exception.Message.TrimEnd('.')})");
            return;
        }

        for (var number = 1; number <= lines.Length; number++)
        {
            if (lines[number - 1].AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            var entry = FormattableString.Invariant($"line {number}");
            var (row, mistake) = YoloRow.Read(lines[number - 1], names.Length, points);
            if (row is null)
            {
                set.LeaveOut(file, entry, mistake!);
                continue;
            }

            if (row.HasPoints)
            {
                set.Remark("Rows with key points, of which the box is taken and the points are left", $"{file}: {entry}");
            }

            Add(set, image, row, size);
        }
    }

    private static void Add(ImportedSet set, long image, YoloRow row, (int Width, int Height) size)
    {
        if (row.IsBox)
        {
            var box = row.Box(size.Width, size.Height);
            set.Add(image, row.Category + 1, box, box.Area, null, false);
            return;
        }

        var (outline, around) = ImportedOutline.Of(row.Outline(size.Width, size.Height));
        set.Add(image, row.Category + 1, around, outline.ToMask(size.Height, size.Width).Area, outline, false);
    }

    // Every file is used or named.
    private static void Account(ImportedSet set, YoloImages images)
    {
        var used = images.Images.Select(image => Path.GetFullPath(image.Labels)).ToHashSet(StringComparer.Ordinal);
        foreach (
            var file in images
                .TextFolders.Where(Directory.Exists)
                .SelectMany(FolderTree.Files)
                .Where(file => !used.Contains(Path.GetFullPath(file)) && !YoloImages.IsByProduct(file))
        )
        {
            if (YoloImages.IsText(file))
            {
                set.LeaveOut(file, "file", $"{images.Folder} has no image of this name");
            }
            else if (!ImageFiles.IsNamedSo(file) && !images.Others.Contains(file))
            {
                set.Remark("Files among the labels that are no text files", file);
            }
        }

        foreach (var file in images.Others)
        {
            set.Remark("Files among the images that are none of a kind that is read", file);
        }
    }
}
