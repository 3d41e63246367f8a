using System.Collections.Immutable;

namespace DetectorDsl.Figures;

/// <summary>What came of a run, class by class.</summary>
/// <param name="Name">What the run is called in figures, as a rule its declaration.</param>
/// <param name="Heads">Names of the classification losses whose gradients were kept, in the order of <see cref="ClassStatistics.Gradients" />; one, or one for each stage of a cascade.</param>
/// <param name="Classes">The classes in label order.</param>
public sealed record RunStatistics(string Name, ImmutableArray<string> Heads, ImmutableArray<ClassStatistics> Classes);
