namespace DetectorDsl;

/// <summary>Frequency group of a category by the number of training images that hold it (LVIS; Gupta et al. 2019).</summary>
public enum CategoryFrequencyGroup
{
    /// <summary>The category file states no frequency.</summary>
    Unknown,

    /// <summary>1 to 10 training images.</summary>
    Rare,

    /// <summary>11 to 100 training images.</summary>
    Common,

    /// <summary>More than 100 training images.</summary>
    Frequent,
}
