using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Half a cosine from the full learning rate to a share of it.</summary>
/// <param name="FinalFactor">Share of the learning rate at the last step. Default 0.</param>
[Component]
public record Cosine([Range(0.0, 1.0)] double FinalFactor = 0.0) : Schedule;
