namespace DetectorDsl.Torch.Layers;

/// <summary>What batch normalisation uses and learns during training.</summary>
public enum BatchNormMode
{
    /// <summary>Statistics of the batch; scale and shift are learnt.</summary>
    Train,

    /// <summary>Running statistics, which stay as they are; scale and shift are learnt.</summary>
    Evaluate,

    /// <summary>Running statistics; nothing is learnt.</summary>
    Frozen,
}
