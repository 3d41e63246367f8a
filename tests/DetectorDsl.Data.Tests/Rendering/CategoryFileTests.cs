using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Data.Tests.Rendering;

public sealed class CategoryFileTests
{
    public static TheoryData<string> Steps => [.. RenderedStep.All.Select(step => step.Name)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void TheCommittedFileIsWhatIsRendered(string name)
    {
        var step = RenderedStep.All.Single(item => item.Name == name);
        using var stream = new MemoryStream();
        AnnotationWriter.WriteCategoryFile(stream, RenderedCategories.Of(step));
        var committed = File.ReadAllText(Path.Combine(Folder, step.CategoryFile));
        Assert.Equal(Encoding.UTF8.GetString(stream.ToArray()) + "\n", committed);
    }

    [Fact]
    public void NoOtherFileLiesBesideThem() =>
        Assert.Equal(
            RenderedStep.All.Select(step => step.CategoryFile).Order(),
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order()
        );

    private static string Folder => Path.Combine(RepositoryFolders.Root, "src", "DetectorDsl.Data", "Rendering", "Categories");
}
