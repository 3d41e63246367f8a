namespace DetectorDsl.Generators.Diagnostics;

/// <summary>All diagnostics, by room. Each message names the member and says what to do; docs/diagnostics.md has a section for each.</summary>
internal static partial class Descriptors
{
    /// <summary>The page of all diagnostics, up to the name of a section.</summary>
    internal const string Help = "https://github.com/DetectorDsl/DetectorDsl/blob/main/docs/diagnostics.md#";
}
