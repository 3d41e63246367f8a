namespace DetectorDsl;

/// <summary>
/// Written by the generator, one per declared or component type of an assembly: the type's own slots and defaults as text, unresolved, so
/// that declarations in other assemblies can build on them. Not for use by hand.
/// </summary>
/// <param name="typeName">Full metadata name of the type.</param>
/// <param name="formatVersion">Version of the text's format.</param>
/// <param name="text">Own slots and defaults.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DetectorSpecAttribute(string typeName, int formatVersion, string text) : Attribute
{
    /// <summary>Full metadata name of the type.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>Version of the format of <see cref="Text" />.</summary>
    public int FormatVersion { get; } = formatVersion;

    /// <summary>Own slots and defaults of the type.</summary>
    public string Text { get; } = text;
}
