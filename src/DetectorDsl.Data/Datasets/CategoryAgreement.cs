using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Datasets;

/// <summary>Whether a file's categories are the declared ones: the same ids with the same names, in any order.</summary>
internal static class CategoryAgreement
{
    private const int Shown = 5;

    /// <exception cref="DatasetException">They differ; the message shows how.</exception>
    public static void Check(string file, ImmutableArray<Category> present, IReadOnlyList<(int Id, string Name)> declared)
    {
        var here = present.ToDictionary(category => category.Id, category => category.Name);
        var wanted = new Dictionary<int, string>();
        foreach (var (id, name) in declared)
        {
            if (!wanted.TryAdd(id, name))
            {
                throw new DatasetException($"{file}: the declared categories '{wanted[id]}' and '{name}' have the same id {id}. Give each an id of its own.");
            }
        }

        var missing = declared.Where(category => !here.ContainsKey(category.Id)).Select(Text).ToList();
        var renamed = declared.Where(category => here.TryGetValue(category.Id, out var name) && name != category.Name).Select(category => $"{Text(category)} is '{here[category.Id]}' here").ToList();
        var extra = present.Where(category => !wanted.ContainsKey(category.Id)).Select(category => Text((category.Id, category.Name))).ToList();
        if (missing.Count + renamed.Count + extra.Count > 0)
        {
            throw new DatasetException($"{file}: its categories are not the declared ones. Missing: {List(missing)}. Renamed: {List(renamed)}. Not declared: {List(extra)}. Declare the file's categories with [CategorySet], or use other data.");
        }
    }

    private static string Text((int Id, string Name) category) => $"{category.Id} '{category.Name}'";

    private static string List(List<string> items) =>
        items.Count == 0 ? "none" : string.Join(", ", items.Take(Shown)) + (items.Count > Shown ? $" and {items.Count - Shown} more" : "");
}
