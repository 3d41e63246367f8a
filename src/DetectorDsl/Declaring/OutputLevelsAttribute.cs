namespace DetectorDsl;

/// <summary>
/// States the feature maps that a backbone or neck of the user's own yields, finest first, so that the generator can check what follows.
/// </summary>
/// <remarks>
/// Each aspect is given as numbers or as the name of a property that holds them (an <c>int</c> stands for every level). What a neck leaves
/// out is taken over from its input. Example: <c>[OutputLevels(Strides = [8, 16, 32], ChannelsFrom = nameof(Channels))]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OutputLevelsAttribute : Attribute
{
    /// <summary>Channels of each level; one number stands for every level.</summary>
    public int[]? Channels { get; set; }

    /// <summary>Name of the property (an <c>int</c> or a list of them) that holds the channels.</summary>
    public string? ChannelsFrom { get; set; }

    /// <summary>Stride of each level in pixels of the input image.</summary>
    public int[]? Strides { get; set; }

    /// <summary>Name of the property (a list of <c>int</c>) that holds the strides.</summary>
    public string? StridesFrom { get; set; }
}
