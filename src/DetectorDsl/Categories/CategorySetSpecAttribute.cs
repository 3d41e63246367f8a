namespace DetectorDsl;

/// <summary>
/// Written by the generator, one per category set of an assembly: its categories as text, so that declarations in other assemblies can name
/// it. Not for use by hand.
/// </summary>
/// <param name="typeName">Full metadata name of the class with <see cref="CategorySetAttribute" />.</param>
/// <param name="formatVersion">Version of the text's format.</param>
/// <param name="text">The categories.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class CategorySetSpecAttribute(string typeName, int formatVersion, string text) : Attribute
{
    /// <summary>Full metadata name of the class.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>Version of the format of <see cref="Text" />.</summary>
    public int FormatVersion { get; } = formatVersion;

    /// <summary>The categories.</summary>
    public string Text { get; } = text;
}
