namespace DetectorDsl.Runtime.Heads;

/// <summary>How a box head states where a region's object lies: targets for its loss, and predictions back into boxes.</summary>
public interface IRegionCoder : IBoxDecoder
{
    /// <summary>Numbers that a head predicts for a box.</summary>
    int Predictions { get; }

    /// <summary>Numbers that the loss holds against them.</summary>
    int Targets { get; }

    /// <summary>The target of a region.</summary>
    /// <param name="box">x1, y1, x2, y2 of the region.</param>
    /// <param name="target">x1, y1, x2, y2 of its object.</param>
    /// <param name="numbers">Filled: <see cref="Targets" /> numbers.</param>
    void Encode(ReadOnlySpan<float> box, ReadOnlySpan<float> target, Span<float> numbers);

    /// <summary>How sure a prediction is of its place; class scores above the threshold are multiplied by it. 1 where the form says nothing of it.</summary>
    /// <param name="numbers">What the head predicts: <see cref="Predictions" /> numbers.</param>
    /// <returns>0 to 1.</returns>
    float Confidence(ReadOnlySpan<float> numbers);
}
