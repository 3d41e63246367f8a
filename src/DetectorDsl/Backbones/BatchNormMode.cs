namespace DetectorDsl;

/// <summary>What batch normalisation uses and learns during training.</summary>
public enum BatchNormMode
{
    /// <summary>Statistics of the batch; scale and shift are learnt. Needs no initial weights.</summary>
    Train,

    /// <summary>Running statistics, which stay as they are; scale and shift are learnt (mmdetection's <c>norm_eval</c>).</summary>
    Evaluate,

    /// <summary>Running statistics; nothing is learnt (torchvision's frozen batch norm).</summary>
    Frozen,
}
