namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>One feature map of a pyramid: channels, and pixels of the image per cell.</summary>
internal sealed record Level(int Channels, int Stride)
{
    /// <summary>The shape in symbols, for comments and descriptions.</summary>
    public string Shape => Stride == 1 ? $"N x {Channels} x H x W" : $"N x {Channels} x H/{Stride} x W/{Stride}";
}
