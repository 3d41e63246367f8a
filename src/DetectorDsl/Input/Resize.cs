using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Resizes so that the image fits a frame, keeping its aspect ratio; with several short sides one is drawn per image.</summary>
/// <param name="ShortSides">Wanted lengths of the short side in pixels.</param>
/// <param name="LongSide">Upper bound of the long side in pixels.</param>
[Component]
public record Resize([MinLength(1), Range(1, 100000)] ValueList<int> ShortSides, [Range(1, 100000)] int LongSide) : Augmentation;
