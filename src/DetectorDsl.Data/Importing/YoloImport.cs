using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Data.Importing;

/// <summary>
/// YOLO's text files: one beside or apart from each image, of its name with the ending <c>.txt</c>; a line an object, <c>class x y width height</c>
/// with the box's centre, or <c>class x1 y1 x2 y2 x3 y3 ...</c> with an outline, all as shares of the image's sides, classes from 0.
/// </summary>
public static class YoloImport
{
    private const int BoxFields = 5;
    private const int FewestOutlineFields = 7;

    // What rounding to six decimals may add.
    private const double Tolerance = 1e-4;

    /// <summary>Reads a folder.</summary>
    /// <param name="labels">Folder of the text files.</param>
    /// <param name="images">Folder of the images; one without a text file is an image without objects.</param>
    /// <param name="names">Class names in the order of their numbers.</param>
    /// <returns>The set, with ids from 1 in the order of the images' names; lines that cannot be used are among its problems.</returns>
    /// <exception cref="AnnotationException">The label folder does not exist.</exception>
    /// <exception cref="DatasetException">The image folder does not exist or holds no image.</exception>
    public static AnnotationSet Read(string labels, string images, ImmutableArray<string> names)
    {
        if (!Directory.Exists(labels))
        {
            throw new AnnotationException($"{labels}: no such folder of YOLO's text files. Name it with --labels.");
        }

        var set = new ImportedSet();
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in ImageFiles.Find(images))
        {
            var file = Path.Combine(labels, Path.ChangeExtension(Path.GetFileName(image), ".txt"));
            stems.Add(file);
            try
            {
                var (height, width) = ImageDecoder.ReadSize(image);
                var id = set.Add(Path.GetFileName(image), width, height);
                if (File.Exists(file))
                {
                    ReadLabels(set, file, id, width, height, names);
                }
            }
            catch (ImageException exception)
            {
                set.LeaveOut(image, "image", exception.Message.TrimEnd('.'));
            }
        }

        foreach (var file in Directory.EnumerateFiles(labels, "*.txt").Where(file => !stems.Contains(file) && Path.GetFileName(file) != "classes.txt").Order(StringComparer.Ordinal))
        {
            set.LeaveOut(file, "file", $"{images} has no image of this name");
        }

        return set.Complete(names);
    }

    private static void ReadLabels(ImportedSet set, string file, long image, int width, int height, ImmutableArray<string> names)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (Mistake(fields, names.Length) is { } mistake)
            {
                set.LeaveOut(file, FormattableString.Invariant($"line {number}"), mistake);
                continue;
            }

            var shares = fields.Skip(1).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            var category = int.Parse(fields[0], CultureInfo.InvariantCulture) + 1;
            if (fields.Length == BoxFields)
            {
                var box = new Box((shares[0] - (shares[2] / 2)) * width, (shares[1] - (shares[3] / 2)) * height, shares[2] * width, shares[3] * height);
                set.Add(image, category, box, box.Area, null, false);
            }
            else
            {
                AddOutline(set, image, category, [.. shares.Select((share, place) => share * (place % 2 == 0 ? width : height))], height, width);
            }
        }
    }

    private static void AddOutline(ImportedSet set, long image, int category, ImmutableArray<double> ring, int height, int width)
    {
        var (xs, ys) = (ring.Where((_, place) => place % 2 == 0).ToList(), ring.Where((_, place) => place % 2 == 1).ToList());
        var outline = new PolygonSegmentation([ring]);
        set.Add(image, category, new Box(xs.Min(), ys.Min(), xs.Max() - xs.Min(), ys.Max() - ys.Min()), outline.ToMask(height, width).Area, outline, false);
    }

    private static string? Mistake(string[] fields, int classes)
    {
        if (fields.Length != BoxFields && (fields.Length < FewestOutlineFields || fields.Length % 2 == 0))
        {
            return $"it has {fields.Length} values; a class and four numbers of a box are wanted, or a class and three points of an outline at least";
        }

        if (!int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var category) || category >= classes)
        {
            return $"the class is '{fields[0]}'; a number from 0 to {classes - 1} is wanted, as there are {classes} class names";
        }

        foreach (var field in fields.AsSpan(1))
        {
            if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || !(share >= -Tolerance && share <= 1 + Tolerance))
            {
                return $"the value '{field}' is no share from 0 to 1; divide pixels by the image's width or height";
            }
        }

        return fields.Length == BoxFields && fields[3..].Any(field => double.Parse(field, CultureInfo.InvariantCulture) <= 0) ? $"its box has the size {fields[3]} x {fields[4]}" : null;
    }
}
