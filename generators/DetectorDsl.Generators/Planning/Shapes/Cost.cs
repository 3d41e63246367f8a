namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>Learnable numbers of a layer, and the multiply-adds of one forward pass; unknown for modules of the user's own.</summary>
internal readonly record struct Cost(long Parameters, long MultiplyAdds, bool IsKnown = true)
{
    public static Cost None { get; } = new(0, 0);

    public static Cost Unknown { get; } = new(0, 0, IsKnown: false);

    public static Cost operator +(Cost first, Cost second) =>
        new(first.Parameters + second.Parameters, first.MultiplyAdds + second.MultiplyAdds, first.IsKnown && second.IsKnown);

    /// <summary>The same layer applied to further regions: parameters stay, work grows.</summary>
    public Cost Repeated(long times) => this with { MultiplyAdds = MultiplyAdds * times };

    /// <summary>The same layer, applied to maps of another number of cells in all.</summary>
    public static Cost Convolution(int inputs, int outputs, int kernel, bool bias, long cells, int groups = 1)
    {
        var weights = (long)inputs / groups * outputs * kernel * kernel;
        return new(weights + (bias ? outputs : 0), weights * cells);
    }

    public static Cost Linear(int inputs, int outputs) => new(((long)inputs * outputs) + outputs, (long)inputs * outputs);

    /// <summary>Scale and shift of a normalisation; its own work is not counted, as is usual.</summary>
    public static Cost Normalization(int channels) => new(2L * channels, 0);
}
