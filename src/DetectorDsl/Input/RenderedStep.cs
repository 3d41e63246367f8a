namespace DetectorDsl;

/// <summary>Size of the rendered data set; each has its own category file with exact counts.</summary>
public enum RenderedStep
{
    /// <summary>A few dozen images, for tests.</summary>
    Small,

    /// <summary>Some hundred images: the default run's.</summary>
    Default,

    /// <summary>About four times the default.</summary>
    Large,

    /// <summary>About sixteen times the default.</summary>
    Full,
}
