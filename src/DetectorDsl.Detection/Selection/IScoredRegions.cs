using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Selection;

/// <summary>RoIs of one image as a second stage judges them, in either precision.</summary>
public interface IScoredRegions
{
    /// <summary>The image.</summary>
    ImageShape Shape { get; }

    /// <summary>Number of RoIs, P.</summary>
    int Count { get; }

    /// <summary>Number of classes, C.</summary>
    int Classes { get; }

    /// <summary>The class that an RoI is most likely of, the background left out.</summary>
    /// <param name="region">0 to P - 1.</param>
    /// <returns>0 to C - 1; the first of several with the same score.</returns>
    int BestClass(int region);
}

/// <summary>RoIs of one image as a second stage judges them: a score for every class, and where each class would be.</summary>
/// <typeparam name="T">The network's precision: <see cref="float" /> or <see cref="double" />.</typeparam>
public interface IScoredRegions<T> : IScoredRegions
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>P x (C + 1) scores, 0 to 1, background last.</summary>
    ReadOnlySpan<T> Scores { get; }

    /// <inheritdoc />
    int IScoredRegions.BestClass(int region) => TensorPrimitives.IndexOfMax(Scores.Slice(region * (Classes + 1), Classes));

    /// <summary>The box of a class.</summary>
    /// <param name="region">0 to P - 1.</param>
    /// <param name="label">0 to C - 1.</param>
    /// <returns>The box in pixels of the resized image, limited to it.</returns>
    Corners<T> Box(int region, int label);

    /// <summary>How sure the box of a class is: a score above the threshold is multiplied by it.</summary>
    /// <param name="region">0 to P - 1.</param>
    /// <param name="label">0 to C - 1.</param>
    /// <returns>0 to 1.</returns>
    T Confidence(int region, int label);
}
