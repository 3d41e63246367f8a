using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Rendering;

/// <summary>The files of a declaration, and mistakes of ours on the way to them.</summary>
internal sealed record RenderedPlan(string Declaration, EquatableArray<GeneratedSource> Files, EquatableArray<Problem> Problems);
