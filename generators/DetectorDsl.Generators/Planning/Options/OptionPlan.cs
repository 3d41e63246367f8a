using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>An option of the trainer: its property, type and default in C#, and the call that makes it for the command line.</summary>
internal sealed record OptionPlan(string Name, string Type, string Default, string Summary, string Switch, string Factory)
{
    /// <summary>Whether it is for training; else for what a trained model finds.</summary>
    public required bool IsForTraining { get; init; }

    /// <summary>Whether weights depend on it, so that a run is resumed with the same value only.</summary>
    public required bool IsLasting { get; init; }

    /// <summary>The option's field; the suffix keeps it apart from keywords.</summary>
    public string Field => char.ToLowerInvariant(Name[0]) + Name.Substring(1) + "Option";

    public string Documentation => XmlText.Escape(Summary);
}
