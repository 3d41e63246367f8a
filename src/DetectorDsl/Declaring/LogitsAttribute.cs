namespace DetectorDsl;

/// <summary>
/// States how many logits a classification loss needs beside one for each of the C foreground classes: 0 for sigmoid losses, 1 for a
/// background column, 2 for an objectness pair.
/// </summary>
/// <param name="extra">Logits beyond C; 0 or more.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class LogitsAttribute(int extra) : Attribute
{
    /// <summary>Logits beyond the C foreground classes.</summary>
    public int Extra { get; } = extra;

    /// <summary>
    /// Whether the loss can also stand in a head that is evaluated at every location (a dense head). False for losses whose objectness
    /// columns presuppose sampled regions.
    /// </summary>
    public bool Dense { get; set; } = true;

    /// <summary>
    /// Whether the loss is a sum over regions and can tell each one's part, which a <see cref="PrimeSampleRoiHead" /> ranks and weighs regions by: the class that does its
    /// work implements <c>DetectorDsl.Torch.Losses.IRegionLosses</c>. Default false: losses that draw lots each step, or average over groups of regions, cannot.
    /// </summary>
    public bool PerRegion { get; set; }
}
