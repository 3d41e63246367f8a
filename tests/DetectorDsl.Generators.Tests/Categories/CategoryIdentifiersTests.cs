using DetectorDsl.Generators.Categories;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategoryIdentifiersTests
{
    [Theory]
    [InlineData("aerosol_can", "AerosolCan")]
    [InlineData("traffic light", "TrafficLight")]
    [InlineData("flip-flop_(sandal)", "FlipFlopSandal")]
    [InlineData("CD_player", "CDPlayer")]
    [InlineData("hot  dog!", "HotDog")]
    [InlineData("8ball", "_8ball")]
    [InlineData("size 4 4", "Size4_4")]
    [InlineData("class", "Class")]
    [InlineData("cafe\u0301", "Café")] // e + combining acute accent is composed
    [InlineData("a\u200db", "Ab")] // a zero-width joiner does not count
    [InlineData("e\u200d\u0301", "É")] // nor does it keep letter and accent apart
    [InlineData("犬", "犬")]
    [InlineData("dog 🐕", "Dog")]
    [InlineData("\U0001D400 bold", "Bold")] // a letter, but beyond the basic plane
    [InlineData("a‿b", "AB")] // a connector other than the low line
    [InlineData("\u0301a", "_\u0301a")]
    [InlineData("i\u0307stanbul", "I\u0307stanbul")]
    [InlineData("???", "")]
    [InlineData("", "")]
    public void ANameBecomesPascalCase(string name, string expected) =>
        Assert.Equal(expected.Normalize(), CategoryIdentifiers.FromName(name).Normalize());

    [Fact]
    public void AllMembersOfACollision_GetTheirId() =>
        Assert.Equal(["Facade_0", "Shop", "Facade_3"], Assign((0, "facade"), (1, "shop"), (3, "facade")));

    [Fact]
    public void DifferentNamesCanCollide() => Assert.Equal(["BowWeapon_1", "BowWeapon_2"], Assign((1, "bow_(weapon)"), (2, "bow weapon")));

    [Fact]
    public void NamesWithNothingUsable_AreCalledAfterTheirId() => Assert.Equal(["Category_4", "Category_5"], Assign((4, "?"), (5, "!!")));

    [Fact]
    public void ASuffixThatCollides_IsResolved_Too()
    {
        // "1 3" is _1_3 by itself, and so would be the "1" with id 3.
        var members = Assign((2, "1"), (3, "1"), (4, "1 3"));
        Assert.Equal(["_1_2", "_1_3", "_1_3_4"], members);
    }

    [Fact]
    public void CaseAlone_MakesADifference() => Assert.Equal(["Polish", "POLISH"], Assign((1, "polish"), (2, "POLISH")));

    private static IReadOnlyList<string> Assign(params (int Id, string Name)[] categories) =>
        CategoryIdentifiers.Assign([.. categories.Select(category => new CategoryEntry(category.Id, category.Name, "Unknown", -1, -1))]);
}
