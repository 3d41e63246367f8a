namespace DetectorDsl.Generators;

/// <summary>Names of the pipeline's stages, by which tests ask whether a stage was cached.</summary>
internal static class TrackingNames
{
    /// <summary>Own slots of one declaration, own members of one component.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>A declaration joined with what it derives from, and its problems.</summary>
    public const string Resolve = nameof(Resolve);

    /// <summary>The specification alone.</summary>
    public const string Spec = nameof(Spec);

    /// <summary>What the templates print.</summary>
    public const string Plan = nameof(Plan);

    /// <summary>Finished text.</summary>
    public const string Output = nameof(Output);

    /// <summary>Problems alone, which meet locations only when they are reported.</summary>
    public const string Diagnostics = nameof(Diagnostics);
}
