namespace DetectorDsl;

/// <summary>Says which categories a detector tells apart. Inherited by variants.</summary>
/// <param name="categorySet">A static class with <see cref="CategorySetAttribute" />.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class CategoriesAttribute(Type categorySet) : Attribute
{
    /// <summary>The static class with <see cref="CategorySetAttribute" />.</summary>
    public Type CategorySet { get; } = categorySet;
}
