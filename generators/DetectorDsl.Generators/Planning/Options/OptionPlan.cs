using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>An option of the trainer.</summary>
/// <param name="Name">Its property.</param>
/// <param name="Type">Its type, and how it is made for the command line.</param>
/// <param name="Default">The declared value in C#.</param>
/// <param name="Summary">One sentence on it.</param>
/// <param name="CommandLineName">Its name there, with dashes.</param>
/// <param name="Bounds">Arguments that bound its value; empty where nothing does.</param>
internal sealed record OptionPlan(string Name, OptionType Type, string Default, string Summary, string CommandLineName, string Bounds)
{
    /// <summary>Whether it is for training; else for what a trained model finds.</summary>
    public required bool IsForTraining { get; init; }

    /// <summary>Whether weights depend on it, so that a run is resumed with the same value only.</summary>
    public required bool IsLasting { get; init; }

    /// <summary>The property as C# spells it.</summary>
    public string Property => CSharpLiteral.Identifier(Name);

    /// <summary>The option's field; the suffix keeps it apart from keywords.</summary>
    public string Field => char.ToLowerInvariant(Name[0]) + Name.Substring(1) + "Option";

    public string Switch => CSharpLiteral.Of(CommandLineName);

    /// <summary>The call that makes it.</summary>
    public string Factory => $"TrainerOptions.{Type.Maker}({Switch}, {CSharpLiteral.Of(Summary)}, value: {Default}{Bounds})";

    /// <summary>Its value, as what a run is resumed with.</summary>
    public string LastingValue => Type.Maker == "Reals" ? $"TrainerOptions.Joined({Property})" : Property;

    public string Documentation => XmlText.Escape(Summary);
}
