using ScottPlot;

namespace DetectorDsl.Figures;

/// <summary>What a kind of curve looks like, and what it stands for.</summary>
internal sealed record LineKey(string Label, float Width, LinePattern Pattern);
