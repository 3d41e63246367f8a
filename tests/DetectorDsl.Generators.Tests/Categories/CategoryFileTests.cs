using DetectorDsl.Generators.Categories;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class CategoryFileTests
{
    [Theory]
    [InlineData("/home/me/data/lvis.json", "lvis.json", true)]
    [InlineData("/home/me/data/lvis.json", "data/lvis.json", true)]
    [InlineData(@"C:\me\data\lvis.json", "data/lvis.json", true)]
    [InlineData(@"C:\me\data\lvis.json", @"data\lvis.json", true)]
    [InlineData("lvis.json", "lvis.json", true)]
    [InlineData("data/lvis.json", "./data/lvis.json", true)]
    [InlineData("/home/me/data/lvis.json", "/data/lvis.json", true)]
    [InlineData("/home/me/my-lvis.json", "lvis.json", false)]
    [InlineData("/home/me/metadata/lvis.json", "data/lvis.json", false)]
    [InlineData("/home/me/LVIS.json", "lvis.json", false)]
    [InlineData("lvis.json", "data/lvis.json", false)]
    [InlineData("lvis.json", "", false)]
    public void ANameFitsWholeFoldersAtTheEndOfAPath(string path, string name, bool fits) =>
        Assert.Equal(fits, CategoryFile.Fits(path, name));
}
