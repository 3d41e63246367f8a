namespace DetectorDsl.Annotations;

/// <summary>What a file of others may ask of a program, whatever its kind: every reader takes its limits from here.</summary>
/// <remarks>Far above what real data needs, and low enough that a small hostile file costs neither gigabytes nor minutes.</remarks>
public static class InputBudget
{
    /// <summary>Most pixels of an image that is decoded: 178,956,970, at which Pillow refuses an image as a decompression bomb.</summary>
    public const long MostPixels = 178_956_970;

    /// <summary>Most bytes of one entry of a list (an annotation, a detection, a row of text): 32 MiB.</summary>
    public const int LargestEntry = 32 << 20;

    /// <summary>Most levels of nesting, in JSON, XML, YAML and pickles alike: 64.</summary>
    public const int DeepestNesting = 64;

    /// <summary>Records of problems that are kept of a file: the first 1,000. All are counted.</summary>
    public const int KeptProblems = 1_000;

    /// <summary>Most steps from column to column that the outline of one polygon takes on its image while it is filled: 16,777,216.</summary>
    public const int PolygonSteps = 1 << 24;

    /// <summary>Bytes that compressed data may become in any case: 64 MiB.</summary>
    public const long FreeExpansion = 64L << 20;

    /// <summary>Beyond <see cref="FreeExpansion" />: most bytes that one byte of compressed data may become, 250.</summary>
    public const int MostExpansion = 250;
}
