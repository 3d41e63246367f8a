namespace DetectorDsl.Generators.Categories;

/// <summary>Names of this pipeline's stages, for the caching tests.</summary>
internal static class CategorySetStages
{
    public const string Parse = "CategorySet.Parse";
    public const string File = "CategorySet.File";
    public const string Published = "CategorySet.Published";
    public const string Resolve = "CategorySet.Resolve";
    public const string Catalog = "CategorySet.Catalog";
    public const string Output = "CategorySet.Output";
}
