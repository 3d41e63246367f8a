namespace DetectorDsl.Evaluation.Matching;

/// <summary>The detections and objects of one image and category (of one image where categories are not told apart).</summary>
/// <param name="Curve">The curve to which they belong.</param>
/// <param name="FirstDetection">First place in the order of detections.</param>
/// <param name="Detections">Number of detections.</param>
/// <param name="FirstObject">First object.</param>
/// <param name="Objects">Number of objects.</param>
internal readonly record struct Cell(int Curve, int FirstDetection, int Detections, int FirstObject, int Objects);
