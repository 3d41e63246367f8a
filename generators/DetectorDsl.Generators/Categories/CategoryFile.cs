using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Categories;

/// <summary>A file that a category set names: its categories, or why it has none.</summary>
internal sealed record CategoryFile(string Path, EquatableArray<CategoryEntry> Categories, string Error)
{
    public static CategoryFile Read(AdditionalText file, CancellationToken cancellationToken)
    {
        var path = Normalize(file.Path);
        if (file.GetText(cancellationToken) is not { } text)
        {
            return new CategoryFile(path, [], "it cannot be opened");
        }
        try
        {
            return new CategoryFile(path, CategoryListReader.Read(text.ToString(), cancellationToken).ToEquatableArray(), "");
        }
        catch (JsonFormatException exception)
        {
            return new CategoryFile(path, [], exception.Message);
        }
    }

    /// <summary>Whether a path is the name, or ends in it after a folder.</summary>
    public static bool Fits(string path, string name)
    {
        path = Normalize(path);
        name = Normalize(name);
        return name.Length > 0
            && path.EndsWith(name, StringComparison.Ordinal)
            && (path.Length == name.Length || name[0] == '/' || path[path.Length - name.Length - 1] == '/');
    }

    private static string Normalize(string path)
    {
        path = path.Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
    }
}
