using DetectorDsl.Data.Datasets;

namespace DetectorDsl.Data.Tests.Datasets;

public sealed class CategoryAgreementTests : IDisposable
{
    private readonly TestData data = new TestData().Image(1, "a.jpg").Object(1, 1, 0, [1, 2, 3, 4]);

    public void Dispose() => data.Dispose();

    [Fact]
    public void TwoCategoriesOfOneName_AreToldApartById() =>
        Assert.Equal(
            [("facade", 1), ("facade", 0), ("window", 0)],
            data.Open().Summary.Classes.Select(item => (item.Name, item.Instances))
        );

    [Fact]
    public void OtherCategories_AreRefusedWithTheDifference()
    {
        var message = Assert.Throws<DatasetException>(() => data.Open(categories: [(0, "facade"), (3, "door"), (8, "car")])).Message;
        Assert.Equal(
            $"{data.File}: its categories are not the declared ones. Missing: 8 'car'. Renamed: 3 'door' is 'facade' here. Not declared: 7 'window'. Declare the file's categories with [CategorySet], or use other data.",
            message
        );
    }

    [Fact]
    public void ALongDifference_IsCutShort()
    {
        var message = Assert
            .Throws<DatasetException>(() =>
                data.Open(categories: [.. TestData.Categories, .. Enumerable.Range(10, 9).Select(id => (id, $"more {id}"))])
            )
            .Message;
        Assert.Contains(
            "Missing: 10 'more 10', 11 'more 11', 12 'more 12', 13 'more 13', 14 'more 14' and 4 more. Renamed: none. Not declared: none.",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ADeclaredIdThatOccursTwice_IsRefused() =>
        Assert.Contains(
            "'facade' and 'again' have the same id 0",
            Assert.Throws<DatasetException>(() => data.Open(categories: [.. TestData.Categories, (0, "again")])).Message,
            StringComparison.Ordinal
        );
}
