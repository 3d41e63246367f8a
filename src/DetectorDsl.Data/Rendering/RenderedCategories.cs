using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Rendering;

/// <summary>
/// The 60 categories of the rendered data set: ten families, each a silhouette, of six members, each a value of one attribute. A family has at
/// least one frequent member, and each attribute value occurs in some frequent category, so that the tail can be learnt from the head.
/// </summary>
public static class RenderedCategories
{
    /// <summary>Categories that are frequent; the ranks after them form the tail.</summary>
    public const int FrequentClasses = 12;

    private const int Families = 10;
    private const int Members = 6;

    internal static ImmutableArray<(Silhouette Silhouette, ShapeAttribute Attribute)> Shapes { get; } =
        [.. from family in Enumerable.Range(0, Families) from member in Enumerable.Range(0, Members) select (Silhouette.All[family], AttributesOf(family)[member])];

    /// <summary>The categories with exact counts, ids 1 to 60, families together.</summary>
    /// <param name="step">Size of the data set.</param>
    /// <returns>The categories by rising id.</returns>
    public static ImmutableArray<Category> Of(RenderedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var ranks = Ranks();
        return [.. Shapes.Select((shape, index) =>
        {
            var count = step.Count(ranks[index]);
            return new Category(index + 1, $"{shape.Silhouette.Name}_{shape.Attribute.Name}")
            {
                ImageCount = count,
                InstanceCount = count,
                Frequency = count <= 10 ? CategoryFrequency.Rare : count <= 100 ? CategoryFrequency.Common : CategoryFrequency.Frequent,
            };
        })];
    }

    // Families alternate between the two attributes. A member of each family is frequent, chosen along the diagonal so that five values of each
    // attribute are among them; two more complete the values: twelve is the smallest number that does both.
    private static int[] Ranks()
    {
        var ranks = new int[Families * Members];
        Array.Fill(ranks, -1);
        var next = 0;
        foreach (var (family, member) in FrequentMembers())
        {
            ranks[(family * Members) + member] = next++;
        }

        // The tail runs over the families in turn, so that each has common and rare members.
        var order = Enumerable.Range(0, Families * Members).Where(index => ranks[index] < 0).ToArray();
        RandomSource.For(60, 18).Shuffle(order.AsSpan());
        foreach (var index in order)
        {
            ranks[index] = next++;
        }

        return ranks;
    }

    private static IEnumerable<(int Family, int Member)> FrequentMembers()
    {
        for (var family = 0; family < Families; family++)
        {
            yield return (family, family / 2);
        }

        yield return (0, 5);
        yield return (1, 5);
    }

    private static ImmutableArray<ShapeAttribute> AttributesOf(int family) => family % 2 == 0 ? ShapeAttribute.Marks : ShapeAttribute.Bands;
}
