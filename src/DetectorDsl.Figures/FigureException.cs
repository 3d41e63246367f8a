namespace DetectorDsl.Figures;

/// <summary>A figure cannot be drawn, or a file of statistics cannot be read; the message says what to do.</summary>
/// <param name="message">Names the file or the run, what is wrong and the remedy.</param>
public sealed class FigureException(string message) : Exception(message);
