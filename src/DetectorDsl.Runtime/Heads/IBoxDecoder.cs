namespace DetectorDsl.Runtime.Heads;

/// <summary>Turns a box (anchor, proposal, cell of a location) and what a head predicts for it into a box.</summary>
public interface IBoxDecoder
{
    /// <summary>The predicted box, limited to an image.</summary>
    /// <param name="box">x1, y1, x2, y2.</param>
    /// <param name="numbers">The four numbers that the head predicts.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    /// <param name="decoded">Filled: x1, y1, x2, y2.</param>
    void DecodeWithin(ReadOnlySpan<float> box, ReadOnlySpan<float> numbers, int height, int width, Span<float> decoded);
}
