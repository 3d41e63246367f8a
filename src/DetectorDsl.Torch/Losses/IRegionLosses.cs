using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>
/// A classification loss that is a sum over regions and can tell each one's part, which reweighting by rank (PISA) asks for. Losses that draw lots each step
/// or average over groups of regions cannot.
/// </summary>
public interface IRegionLosses
{
    /// <summary>The loss of each region before weights and divisor, from counts and gradients as they are: nothing is observed.</summary>
    /// <param name="logits">R x LogitCount.</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <returns>R numbers; a loss of several terms gives their sum.</returns>
    Tensor RegionLosses(Tensor logits, Tensor labels);

    /// <summary>Turns logits into scores.</summary>
    /// <param name="logits">R x LogitCount.</param>
    /// <returns>R x (C + 1), background last.</returns>
    Tensor Scores(Tensor logits);
}
