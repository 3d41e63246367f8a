using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Reporting;

/// <summary>The values of one category; -1 where there is nothing to average.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
public sealed record CategoryResult(int Id, string Name)
{
    /// <summary>Frequency group; null where the annotations state none.</summary>
    public CategoryFrequency? Frequency { get; init; }

    /// <summary>Training images that hold it, as the annotations state; null where they do not.</summary>
    public int? TrainingImages { get; init; }

    /// <summary>Training instances, as the annotations state; null where they do not.</summary>
    public int? TrainingInstances { get; init; }

    /// <summary>Objects that were to be found; crowds are not counted.</summary>
    public int Instances { get; init; }

    /// <summary>Detections that took part.</summary>
    public int Detections { get; init; }

    /// <summary>Mean precision over recall points and thresholds.</summary>
    public double AP { get; init; }

    /// <summary>Mean precision at the threshold 0.5.</summary>
    public double AP50 { get; init; }

    /// <summary>Mean precision at the threshold 0.75.</summary>
    public double AP75 { get; init; }

    /// <summary>Final recall, mean over thresholds.</summary>
    public double AR { get; init; }
}
