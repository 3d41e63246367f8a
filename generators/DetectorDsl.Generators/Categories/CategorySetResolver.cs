using System.Globalization;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Categories;

/// <summary>Joins a class with its file, and names the members of its enum.</summary>
internal static class CategorySetResolver
{
    public static CategorySetResult Resolve(CategorySetTarget target, EquatableArray<CategoryFile> files)
    {
        if (!target.CanHoldCode)
        {
            return new CategorySetResult(target, null, target.Problems);
        }

        var origin = target.FileOrigin;
        var fitting = files.Where(file => CategoryFile.Fits(file.Path, target.File)).ToList();
        return fitting switch
        {
            [] => Broken(target, Problems.CategoryFileNotFound(origin, target.File)),
            [{ Error.Length: 0 } file] => Resolve(target, file),
            [{ } file] => Broken(target, Problems.CategoryFileUnreadable(origin, target.File, file.Error)),
            _ => Broken(
                target,
                Problems.CategoryFileAmbiguous(origin, target.File, string.Join(", ", fitting.Select(static file => $"'{file.Path}'")))
            ),
        };
    }

    private static CategorySetResult Broken(CategorySetTarget target, Problem problem) => new(target, null, [problem]);

    private static CategorySetResult Resolve(CategorySetTarget target, CategoryFile file)
    {
        var members = CategoryIdentifiers.Assign(file.Categories);
        for (var i = 0; i < members.Count; i++)
        {
            if (CategoryIdentifiers.IsTooLong(members[i]))
            {
                return Broken(
                    target,
                    Problems.CategoryFileUnreadable(
                        target.FileOrigin,
                        target.File,
                        $"the name of the category with id {Text(file.Categories[i].Id)} is longer than a name of C# can be ({Text(CategoryIdentifiers.LongestInBytes)} bytes)"
                    )
                );
            }
        }

        var categories = file
            .Categories.Select(
                (category, i) =>
                    new CategorySpec(
                        category.Id,
                        category.Name,
                        members[i],
                        category.Frequency,
                        category.ImageCount,
                        category.InstanceCount
                    )
            )
            .ToEquatableArray();
        return new CategorySetResult(
            target,
            new CategorySetSpec(target.TypeName, categories),
            NameProblems(target, categories).ToEquatableArray()
        );
    }

    private static IEnumerable<Problem> NameProblems(CategorySetTarget target, EquatableArray<CategorySpec> categories)
    {
        var byIdentifier = categories.GroupBy(static category => CategoryIdentifiers.FromName(category.Name), StringComparer.Ordinal);
        foreach (var group in byIdentifier)
        {
            if (group.Key.Length == 0)
            {
                foreach (var category in group)
                {
                    yield return Problems.CategoryNameInvalid(
                        target.FileOrigin,
                        target.File,
                        Text(category.Id),
                        category.Name,
                        category.EnumMember
                    );
                }
            }
            else if (group.Any(category => category.EnumMember != group.Key))
            {
                yield return Problems.CategoryNamesCollide(
                    target.FileOrigin,
                    target.File,
                    List(group.Select(static category => Text(category.Id))),
                    group.Key,
                    List(group.Select(static category => category.EnumMember))
                );
            }
        }
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[all.Count - 1]}";
    }
}
