using DetectorDsl.Annotations;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>An object to be drawn on its image.</summary>
/// <param name="Label">Its class, 0 to C - 1; chooses the colour.</param>
/// <param name="Text">What its label says.</param>
/// <param name="Box">Its box in pixels of the image.</param>
/// <param name="Mask">Its pixels; null for none.</param>
public sealed record DrawnObject(int Label, string Text, Box Box, RleMask? Mask);
