namespace DetectorDsl.Runtime.Training;

/// <summary>Training cannot start or go on; the message says why and what to do.</summary>
/// <param name="message">What is wrong.</param>
public sealed class TrainingException(string message) : Exception(message);
