namespace DetectorDsl.Torch.Operators;

/// <summary>How regions are sampled; what RoIAlign's forward and backward pass have in common.</summary>
/// <param name="OutputHeight">Cells down.</param>
/// <param name="OutputWidth">Cells across.</param>
/// <param name="SamplingRatio">Samples per cell and axis; 0 or less adapts to the region.</param>
/// <param name="Aligned">Whether coordinates are shifted by half a pixel.</param>
internal sealed record RoIAlignGeometry(int OutputHeight, int OutputWidth, int SamplingRatio, bool Aligned)
{
    public int Cells => OutputHeight * OutputWidth;

    /// <summary>Taps of one axis: for each cell and sample the two neighbours and their weights.</summary>
    /// <param name="start">Lower end of the region in pixels of the image.</param>
    /// <param name="end">Upper end.</param>
    /// <param name="scale">Pixels of the feature map per pixel of the image.</param>
    /// <param name="size">Length of the feature map.</param>
    /// <param name="cells">Cells along the axis.</param>
    /// <param name="taps">Filled: cells x samples.</param>
    /// <returns>Samples per cell.</returns>
    public int Axis(double start, double end, double scale, int size, int cells, List<Tap> taps)
    {
        var offset = Aligned ? 0.5 : 0.0;
        var low = (start * scale) - offset;
        var length = (end * scale) - offset - low;
        if (!Aligned)
        {
            length = Math.Max(length, 1.0);
        }

        var cell = length / cells;
        var samples = SamplingRatio > 0 ? SamplingRatio : Math.Max(0, (int)Math.Ceiling(cell));
        taps.Clear();
        for (var c = 0; c < cells; c++)
        {
            for (var s = 0; s < samples; s++)
            {
                taps.Add(Tap.At(low + (c * cell) + ((s + 0.5) * cell / samples), size));
            }
        }

        return samples;
    }
}

/// <summary>Two neighbouring pixels and their shares of a sample; both shares are 0 outside the map.</summary>
internal readonly record struct Tap(int Low, int High, double LowWeight, double HighWeight)
{
    public bool IsOutside => LowWeight == 0 && HighWeight == 0;

    public static Tap At(double position, int size)
    {
        if (position < -1.0 || position > size)
        {
            return default;
        }

        position = Math.Max(position, 0);
        var low = (int)position;
        if (low >= size - 1)
        {
            return new Tap(size - 1, size - 1, 1, 0);
        }

        var share = position - low;
        return new Tap(low, low + 1, 1 - share, share);
    }
}
