namespace DetectorDsl.Generators.Diagnostics;

/// <summary>All diagnostics, by room. Each message names the member and says what to do; docs/diagnostics.md has a section for each.</summary>
internal static partial class Descriptors
{
    private const string Help = "docs/diagnostics.md#";
}
