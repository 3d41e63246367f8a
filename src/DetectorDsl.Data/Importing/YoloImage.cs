namespace DetectorDsl.Data.Importing;

/// <summary>An image of a YOLO data set.</summary>
/// <param name="File">The image file.</param>
/// <param name="Name">What annotations call it: its path below the folder that all images share, with slashes.</param>
/// <param name="Labels">The text file of its objects; where there is none, it has no objects.</param>
public sealed record YoloImage(string File, string Name, string Labels);
