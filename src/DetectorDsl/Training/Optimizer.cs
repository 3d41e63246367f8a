namespace DetectorDsl;

/// <summary>How gradients become changes of the weights.</summary>
[Component]
public abstract record Optimizer
{
    /// <summary>Whether weights of normalisation layers and biases are exempt from weight decay. Default false.</summary>
    public bool NoDecayOnNormAndBias { get; init; }
}
