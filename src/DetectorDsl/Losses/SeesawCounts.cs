namespace DetectorDsl;

/// <summary>Where <see cref="SeesawLoss" /> takes the number of samples of each class from (Seesaw Loss, table 4).</summary>
public enum SeesawCounts
{
    /// <summary>Accumulated during training from the labels of sampled regions (the published form).</summary>
    Online,

    /// <summary>Instances per class of the training set, from the category file, fixed.</summary>
    DataSet,

    /// <summary>As loaded with the weights, fixed.</summary>
    Frozen,
}
