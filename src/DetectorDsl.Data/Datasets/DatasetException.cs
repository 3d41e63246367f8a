namespace DetectorDsl.Data.Datasets;

/// <summary>A data set cannot be used; the message names the file and the remedy.</summary>
/// <param name="message">What is wrong.</param>
public sealed class DatasetException(string message) : Exception(message);
