namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>Height and width in pixels for which multiply-adds are counted.</summary>
internal readonly record struct ImageSize(int Height, int Width)
{
    /// <summary>Cells of a map of the given stride; maps of an odd size round up, as strided convolutions do.</summary>
    public long Cells(int stride) => (long)((Height + stride - 1) / stride) * ((Width + stride - 1) / stride);
}
