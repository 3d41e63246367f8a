namespace DetectorDsl.Training;

/// <summary>Training cannot start or go on; the message says why and what to do.</summary>
/// <param name="message">What is wrong.</param>
public class TrainingException(string message) : Exception(message);

/// <summary>A loss, a gradient or a weight is not finite; training has stopped and the last good checkpoint is untouched.</summary>
/// <param name="message">Names the loss term, its value, the step and its images.</param>
public sealed class NonFiniteLossException(string message) : TrainingException(message);
