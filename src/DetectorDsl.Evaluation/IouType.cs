using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation;

/// <summary>What the overlap of a detection and an object is computed from.</summary>
public abstract class IouType
{
    private protected IouType(string name) => Name = name;

    /// <summary>Boxes.</summary>
    public static IouType Boxes { get; } = new BoxIou();

    /// <summary>Masks.</summary>
    public static IouType Masks { get; } = new MaskIou();

    /// <summary>
    /// Masks and their borders, whichever overlap less: Cheng et al., "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation".
    /// Experimental: no values of other software were at hand to check it against.
    /// </summary>
    public static IouType Boundaries { get; } = new BoundaryIou();

    /// <summary><c>bbox</c>, <c>segm</c> or <c>boundary</c>.</summary>
    public string Name { get; }

    /// <summary>Whether detections need their masks where there is something to compare with.</summary>
    internal abstract bool NeedsMasks { get; }

    /// <summary>Refuses annotations that cannot be compared with.</summary>
    internal abstract void Check(TruthIndex truth);

    /// <summary>Overlaps of the detections with the objects of one image and category.</summary>
    /// <param name="truth">The objects.</param>
    /// <param name="objects">Rows of objects.</param>
    /// <param name="detections">The detections.</param>
    /// <param name="rows">Rows of detections.</param>
    /// <param name="ious">Receives detections x objects.</param>
    internal abstract void Fill(TruthIndex truth, Range objects, DetectionTable detections, ReadOnlySpan<int> rows, Span<double> ious);

    /// <inheritdoc />
    public override string ToString() => Name;
}
