using DetectorDsl.Torch.Convolutions;

namespace DetectorDsl.Detection.Convolutions;

/// <summary>Finds out which form of convolutions this machine survives.</summary>
internal interface IConvolutionProbe
{
    /// <summary>The fastest form in which a declaration's network runs here.</summary>
    /// <param name="detector">Name of the declaration.</param>
    /// <param name="shortSide">Short side of its images.</param>
    /// <param name="longSide">Long side of its images.</param>
    /// <returns>The form; null where that could not be found out.</returns>
    ConvolutionForm? FirstThatRuns(string detector, int shortSide, int longSide);

    /// <summary>Says, once in a process, that a declaration is computed in another form than usual.</summary>
    /// <param name="detector">Name of the declaration.</param>
    /// <param name="form">The form.</param>
    void Tell(string detector, ConvolutionForm form);
}
