namespace DetectorDsl.Generators.Models;

/// <summary>
/// Where a value was written: the n-th node (in source order) of a member of a type. Stable under edits elsewhere, unlike a location; the
/// reporting branch turns it into one.
/// </summary>
internal sealed record Origin(string TypeName, string Member, int Node);
