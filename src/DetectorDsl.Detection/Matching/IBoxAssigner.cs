using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Matching;

/// <summary>Decides which boxes are positive for which object.</summary>
public interface IBoxAssigner
{
    /// <summary>Assigns boxes of one image.</summary>
    /// <param name="boxes">B boxes, in the precision of the network.</param>
    /// <param name="groundTruth">G boxes of objects, in either precision.</param>
    /// <returns>The object of each box.</returns>
    Assignment Assign(Boxes boxes, Boxes groundTruth);
}

/// <summary>The object of each box.</summary>
/// <param name="Matched">Index of the object; <see cref="Negative" /> or <see cref="Ignored" /> where there is none.</param>
/// <param name="Overlaps">Largest IoU of each box with any object.</param>
public sealed record Assignment(int[] Matched, float[] Overlaps)
{
    /// <summary>Mark of a box that lies on background.</summary>
    public const int Negative = -1;

    /// <summary>Mark of a box that no loss sees.</summary>
    public const int Ignored = -2;
}
