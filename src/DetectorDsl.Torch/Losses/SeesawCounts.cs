namespace DetectorDsl.Torch.Losses;

/// <summary>Where <see cref="SeesawLoss" /> takes its class counts from.</summary>
public enum SeesawCounts
{
    /// <summary>Accumulated from the labels of sampled regions.</summary>
    Online,

    /// <summary>Instances per class of the training set, fixed.</summary>
    DataSet,

    /// <summary>As loaded with the weights, fixed.</summary>
    Frozen,
}
