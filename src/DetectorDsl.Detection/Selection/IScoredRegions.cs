using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Selection;

/// <summary>Regions of one image as a second stage judges them: a score for every class, and where each class would be.</summary>
public interface IScoredRegions
{
    /// <summary>The image.</summary>
    ImageShape Shape { get; }

    /// <summary>Number of regions, P.</summary>
    int Count { get; }

    /// <summary>Number of classes, C.</summary>
    int Classes { get; }

    /// <summary>P x (C + 1) scores, 0 to 1, background last.</summary>
    ReadOnlySpan<float> Scores { get; }

    /// <summary>The box of a class.</summary>
    /// <param name="region">0 to P - 1.</param>
    /// <param name="label">0 to C - 1.</param>
    /// <returns>The box in pixels of the resized image, limited to it.</returns>
    Corners<float> Box(int region, int label);

    /// <summary>How sure the box of a class is: a score above the threshold is multiplied by it.</summary>
    /// <param name="region">0 to P - 1.</param>
    /// <param name="label">0 to C - 1.</param>
    /// <returns>0 to 1.</returns>
    float Confidence(int region, int label);
}
