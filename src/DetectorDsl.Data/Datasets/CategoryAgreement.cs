using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Datasets;

/// <summary>Whether a file's categories are the declared ones: the same ids with the same names, in any order.</summary>
public static class CategoryAgreement
{
    private const int Shown = 5;

    /// <summary>How a file's categories differ from the declared ones.</summary>
    /// <param name="present">The file's categories.</param>
    /// <param name="declared">Id and name of each declared category; no id twice.</param>
    /// <returns>What is missing, renamed and not declared, the first few of each; null where they agree.</returns>
    public static string? Difference(ImmutableArray<Category> present, IReadOnlyList<(int Id, string Name)> declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        var here = present.ToDictionary(category => category.Id, category => category.Name);
        var wanted = declared.Select(category => category.Id).ToHashSet();
        var missing = declared.Where(category => !here.ContainsKey(category.Id)).Select(Text).ToList();
        var renamed = declared
            .Where(category => here.TryGetValue(category.Id, out var name) && name != category.Name)
            .Select(category => $"{Text(category)} is '{here[category.Id]}' here")
            .ToList();
        var extra = present
            .Where(category => !wanted.Contains(category.Id))
            .Select(category => Text((category.Id, category.Name)))
            .ToList();
        return missing.Count + renamed.Count + extra.Count == 0
            ? null
            : $"Missing: {List(missing)}. Renamed: {List(renamed)}. Not declared: {List(extra)}.";
    }

    /// <exception cref="DatasetException">They differ; the message shows how.</exception>
    internal static void Check(string file, ImmutableArray<Category> present, IReadOnlyList<(int Id, string Name)> declared)
    {
        if (declared.GroupBy(category => category.Id).FirstOrDefault(group => group.Count() > 1)?.ToList() is [var first, var second, ..])
        {
            throw new DatasetException(
                $"{file}: the declared categories '{first.Name}' and '{second.Name}' have the same id {first.Id}. Give each an id of its own."
            );
        }

        if (Difference(present, declared) is { } difference)
        {
            throw new DatasetException(
                $"{file}: its categories are not the declared ones. {difference} Declare the file's categories with [CategorySet], or use other data."
            );
        }
    }

    private static string Text((int Id, string Name) category) => $"{category.Id} '{category.Name}'";

    private static string List(List<string> items) =>
        items.Count == 0 ? "none" : string.Join(", ", items.Take(Shown)) + (items.Count > Shown ? $" and {items.Count - Shown} more" : "");
}
