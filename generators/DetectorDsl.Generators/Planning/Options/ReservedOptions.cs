namespace DetectorDsl.Generators.Planning.Options;

/// <summary>Names that an option of a component cannot have, since the trainer's command line or the generated options have them.</summary>
internal static class ReservedOptions
{
    /// <summary>Options that the verbs with a component's options have of their own.</summary>
    public static readonly string[] Switches =
    [
        "--annotations",
        "--caffe-pixels",
        "--checkpoint",
        "--data",
        "--device",
        "--help",
        "--image-ids",
        "--iou-type",
        "--json",
        "--key",
        "--limit-images",
        "--naming",
        "--output",
        "--resume",
        "--results",
        "--rules",
        "--seed",
        "--state",
        "--strict",
        "--train-annotations",
        "--train-images",
        "--validation-annotations",
        "--validation-images",
        "--version",
        "--weights",
    ];

    /// <summary>Members that the record of the options has beside them.</summary>
    public static readonly string[] Members =
    [
        "Lasting",
        "Equals",
        "GetHashCode",
        "GetType",
        "MemberwiseClone",
        "ReferenceEquals",
        "ToString",
        "Finalize",
        "EqualityContract",
        "PrintMembers",
        "Clone",
    ];

    /// <summary>What bears an option's name already, in words; null where nothing does.</summary>
    /// <param name="name">Name of the option.</param>
    /// <param name="commandLineName">The same on the command line.</param>
    /// <param name="declaration">Name of the declaration.</param>
    public static string? Owner(string name, string commandLineName, string declaration) =>
        Switches.Contains(commandLineName) ? $"the trainer's own option {commandLineName}"
        : Members.Contains(name) ? $"a member of {declaration}Options"
        : name == declaration + "Options" ? "the type of the options"
        : null;
}
