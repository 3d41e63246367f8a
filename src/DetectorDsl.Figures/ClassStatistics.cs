using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Figures;

/// <summary>What is known of a class after a run.</summary>
/// <param name="Id">Its category id.</param>
/// <param name="Name">Its name.</param>
public sealed record ClassStatistics(int Id, string Name)
{
    /// <summary>Frequency group; null where none is stated.</summary>
    public CategoryFrequency? Frequency { get; init; }

    /// <summary>Training instances; null where unknown.</summary>
    public int? Instances { get; init; }

    /// <summary>Gradients of each head; empty where none were kept.</summary>
    public ImmutableArray<ClassGradients> Gradients { get; init; } = [];

    /// <summary>Objects of the class that were to be found; null where nothing was evaluated.</summary>
    public int? Objects { get; init; }

    /// <summary>Share of ground-truth boxes whose class comes first among the classes, 0 to 1; null where there are none.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Mean precision of the boxes, 0 to 1; null where there is nothing to average.</summary>
    public double? BoxAP { get; init; }

    /// <summary>Mean precision of the masks, 0 to 1; null where there is nothing to average.</summary>
    public double? MaskAP { get; init; }

    /// <summary>Gradients of all heads together; null where none were kept.</summary>
    public ClassGradients? AllGradients => Gradients.IsEmpty ? null : Gradients.Aggregate(ClassGradients.Add);
}
