namespace DetectorDsl.Generators.Categories;

/// <summary>A text that is not the JSON that is expected; the message begins with line and column.</summary>
internal sealed class JsonFormatException(string message) : Exception(message);
