namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Where a class of box or mask heads stands in the second stage.</summary>
/// <param name="Suffix">End of its class's and file's name; empty where the second stage has one class of the kind.</param>
/// <param name="Passes">The passes over the regions that have such a head, each with weights of its own; null for the only pass.</param>
/// <param name="Agnostic">Whether one box (or mask) is predicted for all classes where the head does not say.</param>
internal sealed record HeadPlace(string Suffix, IReadOnlyList<int?> Passes, bool Agnostic)
{
    /// <summary>The only head of its kind, one box or mask for each class.</summary>
    public static HeadPlace Only { get; } = new("", [null], Agnostic: false);

    /// <summary>Whether each mask head but the first builds on the inner features of the one before.</summary>
    public bool Flows { get; init; }

    /// <summary>The module's name in the model.</summary>
    public static string Module(string head, int? pass) => pass is { } number ? $"roi_head.{head}.{number}" : $"roi_head.{head}";
}
