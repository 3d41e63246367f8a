using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Mirrors left and right.</summary>
/// <param name="Probability">Share of images that are mirrored. Default 0.5.</param>
[Component]
public record HorizontalFlip([Range(0.0, 1.0)] double Probability = 0.5) : Augmentation;
