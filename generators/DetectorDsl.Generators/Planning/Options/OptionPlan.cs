using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>An option of the trainer: its property, type and default in C#, and the call that makes it for the command line.</summary>
internal sealed record OptionPlan(string Name, string Type, string Default, string Summary, string Factory)
{
    /// <summary>The option's field; the suffix keeps it apart from keywords.</summary>
    public string Field => char.ToLowerInvariant(Name[0]) + Name.Substring(1) + "Option";

    public string Documentation => XmlText.Escape(Summary);

    /// <summary>A text has a default, which the option's type does not say.</summary>
    public string Forgiveness => Type == "string" ? "!" : "";
}
