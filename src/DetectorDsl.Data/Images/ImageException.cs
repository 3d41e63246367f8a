namespace DetectorDsl.Data.Images;

/// <summary>An image cannot be read; the message names the file and the reason.</summary>
/// <param name="message">What is wrong.</param>
public sealed class ImageException(string message) : Exception(message);
