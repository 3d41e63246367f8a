using DetectorDsl.Generators.Rendering;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class TemplateCatalogTests
{
    [Fact]
    public void EveryEmbeddedTemplateParses()
    {
        Assert.Contains("Generated", TemplateCatalog.Names);
        Assert.All(TemplateCatalog.Names, name => Assert.NotNull(TemplateCatalog.Get(name)));
    }

    [Fact]
    public void ATemplateIsParsedOnce() => Assert.Same(TemplateCatalog.Get("Generated"), TemplateCatalog.Get("Generated"));

    [Fact]
    public void AMissingTemplate_IsNamed_WithThoseThatAreThere()
    {
        var exception = Assert.Throws<TemplateException>(() => TemplateCatalog.Get("Genrated"));
        Assert.Contains("'Genrated.sbntxt'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Generated", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATemplateThatDoesNotParse_NamesFileAndPlace()
    {
        var exception = Assert.Throws<TemplateException>(() => TemplateCatalog.Parse("Broken.sbntxt", "fine\n{{ if x }}\n"));
        Assert.Contains("Broken.sbntxt(", exception.Message, StringComparison.Ordinal);
    }
}
