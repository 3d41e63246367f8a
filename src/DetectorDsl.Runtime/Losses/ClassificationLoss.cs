using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Losses;

/// <summary>
/// Loss over the classes of sampled regions. A concrete loss has a typed <c>forward(logits, labels, weights, averageFactor)</c> that returns one
/// tensor for each of its terms.
/// </summary>
/// <remarks>Labels: 0 to C - 1 for the classes, C for background.</remarks>
public abstract class ClassificationLoss : nn.Module
{
    /// <summary>Names the loss.</summary>
    /// <param name="classes">C, foreground classes.</param>
    protected ClassificationLoss(int classes)
        : base(nameof(ClassificationLoss)) => Classes = classes;

    /// <summary>C, foreground classes.</summary>
    public int Classes { get; }

    /// <summary>Logits that the loss needs per region.</summary>
    public abstract int LogitCount { get; }

    /// <summary>Turns logits into scores.</summary>
    /// <param name="logits">R x LogitCount.</param>
    /// <returns>R x (C + 1), background last.</returns>
    public abstract Tensor Scores(Tensor logits);

    /// <inheritdoc />
    protected override void RegisterComponents()
    {
    }
}
