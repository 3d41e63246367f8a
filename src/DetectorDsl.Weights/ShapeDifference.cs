using System.Collections.Immutable;

namespace DetectorDsl.Weights;

/// <summary>A tensor that file and model hold in different shapes.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="File">Its shape in the file.</param>
/// <param name="Model">Its shape in the model.</param>
public sealed record ShapeDifference(string Name, ImmutableArray<long> File, ImmutableArray<long> Model)
{
    /// <summary>Name and both shapes.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Name}: file [{string.Join(", ", File)}], model [{string.Join(", ", Model)}]";
}
