namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A convolution that is told where to sample its map; part of a module that tells it.</summary>
/// <param name="Inputs">Channels that it reads.</param>
/// <param name="Outputs">Channels that it yields.</param>
/// <param name="Kernel">Height and width of the kernel.</param>
/// <param name="OffsetGroups">Groups of channels that sample alike.</param>
internal sealed record DeformableLayer(int Inputs, int Outputs, Window Kernel, int OffsetGroups) : ConvolutionLayer(Inputs, Outputs, Kernel)
{
    /// <summary>Whether samples are weighed, too.</summary>
    public bool IsModulated { get; init; }

    /// <summary>Numbers that it is told at each place.</summary>
    public int SampleNumbers => (IsModulated ? 3 : 2) * (int)Kernel.Count * OffsetGroups;

    protected override string OwnKind => $"{Kernel} deformable convolution";
}
