using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Rendering;

/// <summary>
/// The categories of the rendered data set: families, each a silhouette, of six members, each a value of one attribute. A family has at least one
/// frequent member, and with all ten families each attribute value occurs in some frequent category, so that the tail can be learnt from the head.
/// </summary>
public static class RenderedCategories
{
    private const int Members = RenderedStep.FamilySize;

    internal static ImmutableArray<(Silhouette Silhouette, ShapeAttribute Attribute)> Shapes { get; } =
    [
        .. from family in Enumerable.Range(0, Silhouette.All.Length)
        from member in Enumerable.Range(0, Members)
        select (Silhouette.All[family], AttributesOf(family)[member]),
    ];

    /// <summary>The categories with exact counts, ids from 1 on, families together.</summary>
    /// <param name="step">Size of the data set.</param>
    /// <returns>The categories by rising id.</returns>
    /// <exception cref="ArgumentException">The step has fewer than two families, or more than there are from its first one on.</exception>
    public static ImmutableArray<Category> Of(RenderedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var shapes = ShapesOf(step);
        var ranks = Ranks(step.Families);
        return
        [
            .. shapes.Select(
                (shape, index) =>
                {
                    var count = step.Count(ranks[index]);
                    return new Category(index + 1, $"{shape.Silhouette.Name}_{shape.Attribute.Name}")
                    {
                        ImageCount = count,
                        InstanceCount = count,
                        Frequency =
                            count <= 10 ? CategoryFrequency.Rare
                            : count <= 100 ? CategoryFrequency.Common
                            : CategoryFrequency.Frequent,
                    };
                }
            ),
        ];
    }

    /// <summary>Outline and attribute of each category of a step.</summary>
    internal static ImmutableArray<(Silhouette Silhouette, ShapeAttribute Attribute)> ShapesOf(RenderedStep step)
    {
        var possible = Silhouette.All.Length - step.FirstFamily;
        return step.FirstFamily >= 0 && step.Families >= 2 && step.Families <= possible
            ? Shapes.Slice(step.FirstFamily * Members, step.Classes)
            : throw new ArgumentException(
                $"The rendered step {step.Name} has {step.Families} families from number {step.FirstFamily} on; there are {Silhouette.All.Length}, and at least 2 are needed.",
                nameof(step)
            );
    }

    // Families alternate between the two attributes. A member of each family is frequent, chosen along the diagonal so that five values of each
    // attribute are among them; two more complete the values: twelve is the smallest number that does both.
    private static int[] Ranks(int families)
    {
        var ranks = new int[families * Members];
        Array.Fill(ranks, -1);
        var next = 0;
        foreach (var (family, member) in FrequentMembers(families))
        {
            ranks[(family * Members) + member] = next++;
        }

        // The tail runs over the families in turn, so that each has common and rare members.
        var order = Enumerable.Range(0, families * Members).Where(index => ranks[index] < 0).ToArray();
        RandomSource.For(ranks.Length, 18).Shuffle(order.AsSpan());
        foreach (var index in order)
        {
            ranks[index] = next++;
        }

        return ranks;
    }

    private static IEnumerable<(int Family, int Member)> FrequentMembers(int families)
    {
        for (var family = 0; family < families; family++)
        {
            yield return (family, family / 2);
        }

        yield return (0, 5);
        yield return (1, 5);
    }

    private static ImmutableArray<ShapeAttribute> AttributesOf(int family) => family % 2 == 0 ? ShapeAttribute.Marks : ShapeAttribute.Bands;
}
