namespace DetectorDsl;

/// <summary>How fractional repeat factors become whole repetitions.</summary>
public enum RepeatFactorForm
{
    /// <summary>Rounded up, the same in every epoch (mmdetection's ClassBalancedDataset).</summary>
    Ceiling,

    /// <summary>Rounded at random anew in every epoch (detectron2's RepeatFactorTrainingSampler).</summary>
    Stochastic,
}
