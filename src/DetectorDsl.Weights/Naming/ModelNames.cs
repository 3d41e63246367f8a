using System.Collections.Immutable;

namespace DetectorDsl.Weights.Naming;

/// <summary>What other software calls the layers of a model, and what else its files and ours may differ in. One is generated per declaration.</summary>
/// <param name="CategoryIds">Ids of the model's C categories in label order.</param>
/// <param name="Mean">Mean of the red, green and blue channel that the model's images are normalised by, 0 to 255.</param>
/// <param name="Std">Their stds, 0 to 255.</param>
/// <param name="Layers">The layers that have other names elsewhere. Layers of the user's own have none: their weights load under their own names.</param>
public sealed record ModelNames(
    ImmutableArray<int> CategoryIds,
    ImmutableArray<double> Mean,
    ImmutableArray<double> Std,
    ImmutableArray<LayerNames> Layers
)
{
    /// <summary>Of a model whose layers are known under their own names alone.</summary>
    public static ModelNames None { get; } = new([], [], [], []);
}
