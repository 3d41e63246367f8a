using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>YOLO's <c>data.yaml</c>: the class names, and where the images of each part lie.</summary>
/// <param name="Names">Class names in the order of their numbers.</param>
/// <param name="Folders">Image folders by the name of the part (<c>train</c>, <c>val</c>, <c>test</c>); parts that the file does not name are absent.</param>
/// <remarks>Of YAML there is what such files use: plain or quoted values, a list in brackets or of lines with dashes, a map of lines with numbers.</remarks>
public sealed record YoloDataFile(ImmutableArray<string> Names, ImmutableDictionary<string, string> Folders)
{
    private static readonly string[] Parts = ["train", "val", "test"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says; folders are relative to <c>path</c>, and that to the file.</returns>
    /// <exception cref="AnnotationException">The file cannot be read, has no names, or numbers them with a gap; the message names the line.</exception>
    public static YoloDataFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var names = new SortedDictionary<int, string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string? section = null;
        var number = 0;
        foreach (var line in Lines(path))
        {
            number++;
            var text = WithoutComment(line);
            if (text.Trim() is not { Length: > 0 } item || item == "---")
            {
                continue;
            }

            if (!char.IsWhiteSpace(text[0]) && !item.StartsWith('-'))
            {
                (section, var value) = Split(item, path, number);
                values[section] = value;
                if (section == "names" && value.Length > 0)
                {
                    AddList(value, names, path, number);
                }
            }
            else if (section == "names")
            {
                AddName(item, names, path, number);
            }
        }

        if (names.Count == 0)
        {
            throw new AnnotationException($"{path}: it has no names; 'names: [cat, dog]', or a line '0: cat' a class below 'names:', is wanted.");
        }

        if (names.Keys.Last() != names.Count - 1)
        {
            throw new AnnotationException($"{path}: there are {names.Count} names, numbered up to {names.Keys.Last()}; class numbers from 0 without a gap are wanted.");
        }

        if (values.GetValueOrDefault("nc") is { Length: > 0 } count && count != names.Count.ToString(CultureInfo.InvariantCulture))
        {
            throw new AnnotationException($"{path}: nc is {count}, but there are {names.Count} names; correct one of them.");
        }

        if (names.Values.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new AnnotationException($"{path}: the name '{twice.Key}' occurs {twice.Count()} times; each class needs a name of its own.");
        }

        var root = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Unquoted(values.GetValueOrDefault("path", "")));
        return new YoloDataFile(
            [.. names.Values],
            Parts.Where(part => values.GetValueOrDefault(part) is { Length: > 0 }).ToImmutableDictionary(part => part, part => Path.GetFullPath(Path.Combine(root, Unquoted(values[part])))));
    }

    /// <summary>The image folder of a part.</summary>
    /// <param name="part"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="file">The file, which messages name.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="AnnotationException">The file does not name the part, or the folder does not exist.</exception>
    public string Images(string part, string file)
    {
        if (!Folders.TryGetValue(part, out var folder))
        {
            throw new AnnotationException($"{file}: it names no '{part}'; {(Folders.IsEmpty ? "name the images with --images" : $"there are {string.Join(", ", Folders.Keys.Order(StringComparer.Ordinal))}")}.");
        }

        return Directory.Exists(folder) ? folder : throw new AnnotationException($"{file}: '{part}' is {folder}, and there is no such folder; correct 'path' or '{part}', or name the images with --images.");
    }

    /// <summary>Where the text files of an image folder lie: YOLO replaces the last folder named <c>images</c> by <c>labels</c>.</summary>
    /// <param name="images">The image folder.</param>
    /// <returns>The folder of the text files; the image folder itself where none of its parents is named <c>images</c>.</returns>
    public static string Labels(string images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var parts = Path.TrimEndingDirectorySeparator(images).Split(Path.DirectorySeparatorChar);
        var place = Array.LastIndexOf(parts, "images");
        return place < 0 ? images : string.Join(Path.DirectorySeparatorChar, [.. parts[..place], "labels", .. parts[(place + 1)..]]);
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }
    }

    private static string WithoutComment(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0')
            {
                quote = line[i] == quote ? '\0' : quote;
            }
            else if (line[i] is '"' or '\'' && (i == 0 || !char.IsLetterOrDigit(line[i - 1])))
            {
                quote = line[i];
            }
            else if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return line[..i];
            }
        }

        return line;
    }

    private static (string Name, string Value) Split(string item, string path, int line)
    {
        var colon = item.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (item[..colon].Trim(), item[(colon + 1)..].Trim()) : throw new AnnotationException($"{path}: line {line}: '{item}' is no 'name: value'.");
    }

    private static void AddList(string list, SortedDictionary<int, string> names, string path, int line)
    {
        if (!list.StartsWith('[') || !list.EndsWith(']'))
        {
            throw new AnnotationException($"{path}: line {line}: names are '{list}'; a list in brackets on this line, or names on the lines below, are wanted.");
        }

        foreach (var name in list[1..^1].Split(',', StringSplitOptions.TrimEntries))
        {
            Add(names.Count, name, names, path, line);
        }
    }

    private static void AddName(string item, SortedDictionary<int, string> names, string path, int line)
    {
        if (item.StartsWith('-'))
        {
            Add(names.Count, item[1..].Trim(), names, path, line);
            return;
        }

        var (key, value) = Split(item, path, line);
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new AnnotationException($"{path}: line {line}: the class number is '{key}'; a number from 0 is wanted.");
        }

        Add(number, value, names, path, line);
    }

    private static void Add(int number, string name, SortedDictionary<int, string> names, string path, int line)
    {
        name = Unquoted(name);
        if (name.Length == 0)
        {
            throw new AnnotationException($"{path}: line {line}: the name of class {number} is empty.");
        }

        if (!names.TryAdd(number, name))
        {
            throw new AnnotationException($"{path}: line {line}: class {number} is '{names[number]}' already.");
        }
    }

    private static string Unquoted(string value) => value.Length >= 2 && (value[0] is '"' or '\'') && value[^1] == value[0] ? value[1..^1] : value;
}
