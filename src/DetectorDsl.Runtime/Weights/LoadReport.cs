namespace DetectorDsl.Runtime.Weights;

/// <summary>What became of each tensor when weights were loaded.</summary>
/// <param name="Loaded">Names taken over.</param>
/// <param name="Resized">Names left as they were because the shapes differ, with both shapes.</param>
/// <param name="Missing">Names of the model that the file lacks.</param>
/// <param name="Unexpected">Names of the file that the model lacks.</param>
public sealed record LoadReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Resized, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected)
{
    /// <summary>Whether every tensor of the model was taken over.</summary>
    public bool IsComplete => Resized.Count == 0 && Missing.Count == 0;

    /// <summary>One line: how many were loaded, resized, missing, unexpected.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Loaded.Count} loaded, {Resized.Count} of another shape, {Missing.Count} missing, {Unexpected.Count} unexpected";
}
