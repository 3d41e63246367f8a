namespace DetectorDsl.Detection.Convolutions;

/// <summary>What became of a process that tried convolutions.</summary>
internal enum ConvolutionOutcome
{
    /// <summary>It ran to its end.</summary>
    Runs,

    /// <summary>The processor stopped it, or the library refused.</summary>
    Fails,

    /// <summary>It was ended by something else, or took too long.</summary>
    Unknown,
}

/// <summary>Outcomes by exit codes.</summary>
internal static class ConvolutionOutcomes
{
    /// <summary>Of a process in which libtorch threw.</summary>
    public const int Refused = 70;

    /// <summary>Of a process that has no model to try.</summary>
    public const int NotTried = 71;

    // 128 and the number of the signal: illegal instruction, trap, abort, bus error, division by zero, invalid memory.
    private static readonly int[] Faults = [128 + 4, 128 + 5, 128 + 6, 128 + 7, 128 + 8, 128 + 11];

    /// <summary>The outcome of an exit code. Windows has negative ones for what the processor stops.</summary>
    public static ConvolutionOutcome Of(int code) =>
        code switch
        {
            0 => ConvolutionOutcome.Runs,
            Refused or < 0 => ConvolutionOutcome.Fails,
            _ => Faults.Contains(code) ? ConvolutionOutcome.Fails : ConvolutionOutcome.Unknown,
        };
}
