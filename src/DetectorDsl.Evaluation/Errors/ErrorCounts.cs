namespace DetectorDsl.Evaluation.Errors;

/// <summary>What became of the detections and objects of a category. Kinds and their order: Bolya et al., "TIDE", counted instead of weighed.</summary>
/// <param name="Id">The category.</param>
/// <param name="Name">Its name.</param>
public sealed record ErrorCounts(int Id, string Name)
{
    /// <summary>Detections that found an object of their category.</summary>
    public int Right { get; internal set; }

    /// <summary>Detections near an object of their category, but not near enough.</summary>
    public int Misplaced { get; internal set; }

    /// <summary>Detections in the place of an object of another category.</summary>
    public int WrongCategory { get; internal set; }

    /// <summary>Detections of an object of their category that a better-scored one had found.</summary>
    public int Duplicate { get; internal set; }

    /// <summary>Detections of nothing.</summary>
    public int Background { get; internal set; }

    /// <summary>Detections near an object of another category, but not in its place.</summary>
    public int WrongCategoryAndMisplaced { get; internal set; }

    /// <summary>Objects of the category that no detection found, whether or not one came near.</summary>
    public int Missed { get; internal set; }
}
