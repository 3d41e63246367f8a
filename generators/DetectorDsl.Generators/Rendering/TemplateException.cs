namespace DetectorDsl.Generators.Rendering;

/// <summary>A template is missing, does not parse, or asks for something that its plan does not hold: a mistake of ours, not the user's.</summary>
internal sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);
