using System.Collections.Immutable;

namespace DetectorDsl.Hosting.Experiments;

/// <summary>What came of a run.</summary>
/// <param name="Configuration">What it was.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Values">What was measured, by name.</param>
public sealed record RunResult(RunConfiguration Configuration, double Seconds, ImmutableSortedDictionary<string, double> Values);
