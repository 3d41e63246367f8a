namespace DetectorDsl;

/// <summary>How gradients become changes of the weights.</summary>
/// <remarks>The factors' source: mmcv, DefaultOptimizerConstructor (<c>paramwise_cfg</c>).</remarks>
[Component]
public abstract record Optimizer
{
    /// <summary>
    /// Whether weights of normalisation layers and biases are exempt from weight decay, whatever their factors. Default false.
    /// </summary>
    public bool NoDecayOnNormAndBias { get; init; }

    /// <summary>
    /// Factors for biases, but for those of normalisation layers and of the layers that say where a <see cref="DeformableConvolution" />
    /// samples (mmdetection's
    /// <c>bias_lr_mult</c>, <c>bias_decay_mult</c>). Default: 1.
    /// </summary>
    public ParameterFactors Biases { get; init; } = new();

    /// <summary>Factors for weights and biases of normalisation layers (mmdetection's <c>norm_decay_mult</c>). Default: 1.</summary>
    public ParameterFactors Norms { get; init; } = new();

    /// <summary>
    /// Factors for weights and biases of the layers that say where a <see cref="DeformableConvolution" /> samples (mmdetection's
    /// <c>dcn_offset_lr_mult</c>). Default: 1.
    /// </summary>
    public ParameterFactors DeformableOffsets { get; init; } = new();

    /// <summary>
    /// Factors for whole modules, each at most once; of several that hold a parameter, the innermost decides, and the factors of its kind
    /// are not asked (mmdetection's
    /// <c>custom_keys</c>). Default: none.
    /// </summary>
    public ValueList<ModuleFactors> Modules { get; init; } = [];
}
