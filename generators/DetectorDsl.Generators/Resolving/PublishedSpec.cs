namespace DetectorDsl.Generators.Resolving;

/// <summary>A definition as another assembly publishes it.</summary>
internal sealed record PublishedSpec(string TypeName, int FormatVersion, string Text);
