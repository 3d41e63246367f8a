using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Rendering;

/// <summary>What came of rendering: a file, nothing, or a mistake of ours to report.</summary>
internal sealed record RenderResult(GeneratedSource? Source, Problem? Problem);
