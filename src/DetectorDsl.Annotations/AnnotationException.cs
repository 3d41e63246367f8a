namespace DetectorDsl.Annotations;

/// <summary>An annotation or result file cannot be used; the message names the file, the place and the remedy.</summary>
/// <param name="message">What is wrong.</param>
public sealed class AnnotationException(string message) : Exception(message);
