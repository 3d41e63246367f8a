using System.Collections.Immutable;

namespace DetectorDsl.Evaluation.Errors;

/// <summary>The errors of a detector.</summary>
/// <param name="Categories">Counts of each category in order of ids.</param>
/// <param name="Confusions">
/// Objects against detections matched without regard to category, best score first: every pair that occurs, the most frequent first. Pairs of one
/// category are hits.
/// </param>
public sealed record ErrorReport(ImmutableArray<ErrorCounts> Categories, ImmutableArray<Confusion> Confusions);
