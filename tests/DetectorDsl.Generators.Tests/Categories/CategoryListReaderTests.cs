using DetectorDsl.Generators.Categories;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategoryListReaderTests
{
    [Fact]
    public void AList_IsReadInTheOrderOfIds()
    {
        var categories = CategoryListReader.Read(
            """
            [
              { "id": 7, "name": "bee", "frequency": "r", "image_count": 3, "instance_count": 5 },
              { "name": "ant", "supercategory": { "name": "insect" }, "id": 2 }
            ]
            """
        );
        Assert.Equal([new CategoryEntry(2, "ant", "Unknown", -1, -1), new CategoryEntry(7, "bee", "Rare", 3, 5)], categories);
    }

    [Fact]
    public void AFileOfAnnotations_IsReadForItsCategoriesAlone()
    {
        var categories = CategoryListReader.Read(
            """
            { "images": [{ "id": 1, "name": "not a category" }], "categories": [{ "id": 0, "name": "ant", "frequency": "c", "image_count": null }], "annotations": [[1, 2], {}] }
            """
        );
        Assert.Equal([new CategoryEntry(0, "ant", "Common", -1, -1)], categories);
    }

    [Theory]
    [InlineData("[]", "the list is empty")]
    [InlineData("{}", "the object has no property 'categories'")]
    [InlineData("3", "line 1, column 1: expected a list of categories, or an object with one under 'categories', found '3'")]
    [InlineData("{ \"categories\": 3 }", "line 1, column 17: expected a list, found '3'")]
    [InlineData("{ \"categories\": [], \"categories\": [] }", "'categories' is there twice")]
    [InlineData("[1]", "line 1, column 2: expected an object, found '1'")]
    [InlineData("[{ \"name\": \"ant\" }]", "line 1, column 2: the category has no 'id'")]
    [InlineData("[{ \"id\": 4 }]", "line 1, column 2: the category with id 4 has no 'name'")]
    [InlineData("[{ \"id\": 4, \"name\": 5 }]", "line 1, column 21: expected a text, found '5'")]
    [InlineData("[{ \"id\": \"4\", \"name\": \"ant\" }]", "line 1, column 10: expected a value, found '\"'")]
    [InlineData("[{ \"id\": -4, \"name\": \"ant\" }]", "line 1, column 10: 'id' is -4, but must be 0 or above")]
    [InlineData("[{ \"id\": 1.5, \"name\": \"ant\" }]", "line 1, column 10: 1.5 is not a whole number of 32 bits")]
    [InlineData(
        "[{ \"id\": 1, \"name\": \"ant\" },\n { \"id\": 1, \"name\": \"bee\" }]",
        "line 2, column 2: the id 1 of 'bee' is that of 'ant', too"
    )]
    [InlineData("[{ \"id\": 1, \"name\": \"ant\", \"id\": 2 }]", "line 1, column 2: the category states 'id' twice")]
    [InlineData("[{ \"id\": 1, \"name\": \"ant\", \"frequency\": \"x\" }]", "'frequency' is 'x', but must be 'r', 'c' or 'f'")]
    [InlineData("[{ \"id\": 1, \"name\": \"ant\", \"image_count\": -2 }]", "'image_count' is -2, but must be 0 or above")]
    public void AnythingElse_IsRefusedWithPlaceAndRemedy(string text, string message) =>
        Assert.Contains(message, Assert.Throws<JsonFormatException>(() => CategoryListReader.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Cancellation_IsHeeded()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CategoryListReader.Read("[]", source.Token));
    }
}
