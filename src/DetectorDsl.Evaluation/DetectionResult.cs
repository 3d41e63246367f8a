using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation;

/// <summary>One detection of a detector under evaluation.</summary>
/// <param name="ImageId">The image, by its id in the annotation file.</param>
/// <param name="CategoryId">The category, by its id in the annotation file.</param>
/// <param name="Score">Confidence; only the order of scores matters. A finite number.</param>
/// <param name="Box">Its box in pixels of the original image; null takes the box around the mask.</param>
/// <param name="Mask">Its mask, of the size of the original image; null takes the box as the mask.</param>
/// <remarks>
/// Where a box is given, the area that sorts the detection into small, medium and large is the box's, for masks too, as in the established software.
/// See <see cref="EvaluationSettings.AreaFromMask" /> for the other choice.
/// </remarks>
public readonly record struct DetectionResult(long ImageId, int CategoryId, double Score, Box? Box, RleMask? Mask);
