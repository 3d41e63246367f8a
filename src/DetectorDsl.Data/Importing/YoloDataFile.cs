using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;
using YamlDotNet.RepresentationModel;

namespace DetectorDsl.Data.Importing;

/// <summary>YOLO's <c>data.yaml</c>: the class names, and where the images of each part lie.</summary>
/// <param name="File">The file.</param>
/// <param name="Names">Class names in the order of their numbers.</param>
/// <param name="Parts">What the file calls the images of each part (<c>train</c>, <c>val</c>, <c>test</c>): folders, or lists of images; parts that it does not name are absent.</param>
/// <param name="Points">The key points of its rows; null where it does not speak of any.</param>
/// <param name="Root">The folder that the parts are relative to.</param>
/// <remarks>Source: Ultralytics' documentation, "Object Detection Datasets Overview" and "Pose Estimation Datasets Overview".</remarks>
public sealed record YoloDataFile(
    string File,
    ImmutableArray<string> Names,
    ImmutableDictionary<string, ImmutableArray<string>> Parts,
    YoloPoints? Points,
    string Root
)
{
    private const int MostClasses = 1_000_000;

    private static readonly string[] PartNames = ["train", "val", "test"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says; parts are relative to its <c>path</c>, and that to the file, or to the file alone where <c>path</c> is of another machine.</returns>
    /// <exception cref="AnnotationException">The file cannot be read, has no names, or numbers them with a gap; the message names the line.</exception>
    public static YoloDataFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var map = YamlFile.Read(path);
        var own = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var root = map.Value("path") is { } stated ? StatedPath.Find(PathText(path, stated, "path"), [own]) ?? own : own;
        var parts = PartNames
            .Select(part => (part, Value: map.Value(part)))
            .Where(item => item.Value is not null)
            .ToImmutableDictionary(item => item.part, item => Sources(path, item.part, item.Value!));
        return new YoloDataFile(path, NamesOf(path, map), parts, PointsOf(path, map), root);
    }

    /// <summary>Where the images of a part lie.</summary>
    /// <param name="part"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <returns>Folders, or text files that list images.</returns>
    /// <exception cref="AnnotationException">The file does not name the part, or there is no such file or folder.</exception>
    public ImmutableArray<string> Images(string part)
    {
        if (!Parts.TryGetValue(part, out var sources))
        {
            throw new AnnotationException(
                $"{File}: it names no '{part}'; {(Parts.IsEmpty ? "name the images with --images" : $"there are {string.Join(", ", PartNames.Where(Parts.ContainsKey))}")}."
            );
        }

        string[] folders = [Root, Path.GetDirectoryName(Path.GetFullPath(File))!];
        return
        [
            .. sources.Select(source =>
                StatedPath.Find(source, folders)
                ?? throw new AnnotationException(
                    $"{File}: '{part}' is {Path.GetFullPath(Path.Combine(Root, source))}, and there is no such file or folder; correct 'path' or '{part}', or name the images with --images."
                )
            ),
        ];
    }

    private static ImmutableArray<string> Sources(string path, string part, YamlNode value) =>
        value is YamlSequenceNode list ? [.. list.Select(item => PathText(path, item, part))] : [PathText(path, value, part)];

    private static string PathText(string path, YamlNode value, string name) =>
        value is YamlScalarNode { Value: { Length: > 0 } text } && !text.Contains('\0')
            ? text
            : throw YamlFile.Mistake(
                path,
                value,
                $"'{name}' is '{YamlFile.Shown(value)}'; a path is wanted{(name == "path" ? "" : ", or a list of paths")}"
            );

    private static ImmutableArray<string> NamesOf(string path, YamlMappingNode map)
    {
        var count = map.Value("nc") is YamlScalarNode { Value: var text } node
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostClasses
                ? number
                : throw YamlFile.Mistake(path, node, $"nc is '{text}'; the number of classes is wanted")
            : (int?)null;
        string[] names = map.Value("names") switch
        {
            null when count is { } classes =>
            [
                .. Enumerable.Range(0, classes).Select(label => FormattableString.Invariant($"class_{label}")),
            ],
            null => throw new AnnotationException(
                $"{path}: it has no names; 'names: [cat, dog]', or a line '0: cat' a class below 'names:', is wanted."
            ),
            YamlSequenceNode list => [.. list.Select((item, label) => Name(path, item, label))],
            YamlMappingNode numbered => Numbered(path, numbered),
            var other => throw YamlFile.Mistake(
                path,
                other,
                $"names are '{YamlFile.Shown(other)}'; a list in brackets, or names on the lines below, are wanted"
            ),
        };
        if (count is { } stated && stated != names.Length)
        {
            throw new AnnotationException($"{path}: nc is {stated}, but there are {names.Length} names; correct one of them.");
        }

        return names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new AnnotationException(
                $"{path}: the name '{twice.Key}' occurs {twice.Count()} times; each class needs a name of its own."
            )
            : [.. names];
    }

    private static string[] Numbered(string path, YamlMappingNode map)
    {
        var names = new SortedDictionary<int, string>();
        foreach (var (key, value) in map)
        {
            if (!int.TryParse((key as YamlScalarNode)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw YamlFile.Mistake(path, key, $"the class number is '{YamlFile.Shown(key)}'; a number from 0 is wanted");
            }

            if (!names.TryAdd(number, Name(path, value, number)))
            {
                throw YamlFile.Mistake(path, key, $"class {number} is '{names[number]}' already");
            }
        }

        return names.Count == 0 ? throw YamlFile.Mistake(path, map, "names are an empty map")
            : names.Keys.Last() != names.Count - 1
                ? throw new AnnotationException(
                    $"{path}: there are {names.Count} names, numbered up to {names.Keys.Last()}; class numbers from 0 without a gap are wanted."
                )
            : [.. names.Values];
    }

    private static string Name(string path, YamlNode value, int label) =>
        value is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : throw YamlFile.Mistake(
                path,
                value,
                value is YamlScalarNode
                    ? $"the name of class {label} is empty"
                    : $"the name of class {label} is {YamlFile.Shown(value)}; a text is wanted"
            );

    private static YoloPoints? PointsOf(string path, YamlMappingNode map) =>
        map.Value("kpt_shape") switch
        {
            null => null,
            YamlSequenceNode { Children: [YamlScalarNode count, YamlScalarNode values] } shape => Number(count)
                is > 0
                    and <= 1000
                    and var points
            && Number(values) is 2 or 3
                ? new YoloPoints(points, Number(values))
                : throw YamlFile.Mistake(
                    path,
                    shape,
                    $"kpt_shape is [{count.Value}, {values.Value}]; the number of points and 2 or 3 numbers of each are wanted"
                ),
            var other => throw YamlFile.Mistake(path, other, $"kpt_shape is '{YamlFile.Shown(other)}'; a list of two numbers is wanted"),
        };

    private static int Number(YamlScalarNode node) =>
        int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
