namespace DetectorDsl.Weights;

/// <summary>What became of each tensor when weights were loaded.</summary>
/// <param name="Loaded">Names taken over.</param>
/// <param name="Resized">Tensors left as they were because the shapes differ.</param>
/// <param name="Missing">Names of the model that the file lacks. Counts of batches (<c>num_batches_tracked</c>), which nothing depends on, are not among them.</param>
/// <param name="Unexpected">Names of the file that the model lacks.</param>
public sealed record LoadReport(
    IReadOnlyList<string> Loaded,
    IReadOnlyList<ShapeDifference> Resized,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected
)
{
    /// <summary>Whose names the file bears, in words; empty (default) where it was read under the model's own.</summary>
    public string Naming { get; init; } = "";

    /// <summary>What else a person should know of the file: one sentence each. Empty by default.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether every tensor of the model was taken over.</summary>
    public bool IsComplete => Resized.Count == 0 && Missing.Count == 0;

    /// <summary>One line: how many were loaded, resized, missing, unexpected.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        $"{Loaded.Count} loaded, {Resized.Count} of another shape, {Missing.Count} missing, {Unexpected.Count} unexpected{(Naming.Length > 0 ? $" ({Naming})" : "")}";
}
