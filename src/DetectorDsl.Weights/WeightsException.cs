namespace DetectorDsl.Weights;

/// <summary>A weights file cannot be used; the message names the file, the tensor and what to do.</summary>
/// <param name="message">What is wrong.</param>
public sealed class WeightsException(string message) : Exception(message);
