using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace DetectorDsl.Generators.Categories;

/// <summary>Members of an enum for names of categories, which may hold any character and need not be unique.</summary>
internal static class CategoryIdentifiers
{
    /// <summary>What the compiler can write into an assembly, in UTF-8.</summary>
    public const int LongestInBytes = 1023;

    public static bool IsTooLong(string member) => Encoding.UTF8.GetByteCount(member) > LongestInBytes;

    /// <summary>
    /// The name as PascalCase, every character that no C# name can hold taken as the gap between two words; empty where nothing is left.
    /// </summary>
    /// <remarks>
    /// Composed (NFC) and without format characters, since the compiler leaves those out, too, when it compares names. Letters beyond the
    /// basic plane are valid in names by the standard, but not to the compiler.
    /// </remarks>
    public static string FromName(string name)
    {
        var identifier = new StringBuilder();
        var startsWord = true;
        foreach (var character in WithoutFormat(name).Normalize(NormalizationForm.FormC))
        {
            if (!IsWordCharacter(character))
            {
                startsWord = true;
                continue;
            }

            // Numbers that stood apart stay apart.
            if (startsWord && identifier.Length > 0 && char.IsDigit(character) && char.IsDigit(identifier[identifier.Length - 1]))
            {
                identifier.Append('_');
            }
            identifier.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        if (identifier.Length > 0 && !SyntaxFacts.IsIdentifierStartCharacter(identifier[0]))
        {
            identifier.Insert(0, '_');
        }
        return identifier.ToString();
    }

    /// <summary>
    /// A distinct member for each category. Where several would share one, all of them get their id as a suffix, so that none changes its
    /// name when another goes.
    /// </summary>
    public static IReadOnlyList<string> Assign(IReadOnlyList<CategoryEntry> categories)
    {
        var members = categories.Select(static category => FromName(category.Name)).ToList();
        var isSuffixed = new bool[members.Count];
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Length == 0)
            {
                members[i] = "Category";
                AddSuffix(i);
            }
        }

        // A suffix can itself bring about a collision, but each member gets at most one, and ids differ: it ends.
        while (Collisions(members).Where(i => !isSuffixed[i]).ToList() is { Count: > 0 } colliding)
        {
            colliding.ForEach(AddSuffix);
        }
        return members;

        void AddSuffix(int i)
        {
            members[i] += "_" + categories[i].Id.ToString(CultureInfo.InvariantCulture);
            isSuffixed[i] = true;
        }
    }

    private static IEnumerable<int> Collisions(List<string> members) =>
        Enumerable
            .Range(0, members.Count)
            .GroupBy(i => members[i], StringComparer.Ordinal)
            .Where(static group => group.Count() > 1)
            .SelectMany(static group => group);

    private static string WithoutFormat(string name) =>
        string.Concat(name.Where(static character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format));

    private static bool IsWordCharacter(char character) =>
        character != '_'
        && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.ConnectorPunctuation
        && SyntaxFacts.IsIdentifierPartCharacter(character);
}
