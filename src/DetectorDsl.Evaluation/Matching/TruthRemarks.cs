namespace DetectorDsl.Evaluation.Matching;

/// <summary>
/// What was met among the annotations, which are taken as they are stated: with each of these the values are still those of the established
/// software, where it gives any.
/// </summary>
public sealed record TruthRemarks
{
    /// <summary>Objects whose box has no size or lies outside its image; no box within the image finds them.</summary>
    public int UnusableBoxes { get; init; }

    /// <summary>Where masks are compared: objects without one, which nothing finds. The established software stops there.</summary>
    public int WithoutMask { get; init; }

    /// <summary>Objects whose id was missing or another's too, and that were numbered anew. The established software mixes up objects of one id.</summary>
    public int Renumbered { get; init; }

    /// <summary>Entries of the annotations that could not be used in any way; what they stood for counts as no object.</summary>
    public int LeftOut { get; init; }

    /// <summary>Whether an object has the id 0: pycocotools and lvis-api take detections that find it for false alarms, so that their values are lower.</summary>
    public bool HasIdZero { get; init; }

    /// <summary>Objects that the file marks to be ignored, and that these rules count all the same, as the established software does.</summary>
    public int IgnoredThatCount { get; init; }

    /// <summary>The remarks in words.</summary>
    /// <returns>One line for each; none where there is nothing to say.</returns>
    public IEnumerable<string> Lines()
    {
        if (UnusableBoxes > 0)
        {
            yield return FormattableString.Invariant(
                $"Objects whose box has no size or lies outside the image: {UnusableBoxes}; they count as objects that no detection finds."
            );
        }

        if (WithoutMask > 0)
        {
            yield return FormattableString.Invariant(
                $"Objects without a mask that can be read: {WithoutMask}; they count as objects that no detection finds."
            );
        }

        if (Renumbered > 0)
        {
            yield return FormattableString.Invariant(
                $"Annotations without an id of their own: {Renumbered}, numbered anew; pycocotools mixes up objects of one id and gives another number."
            );
        }

        if (LeftOut > 0)
        {
            yield return FormattableString.Invariant($"Annotations that could not be used at all: {LeftOut}, left out.");
        }

        if (HasIdZero)
        {
            yield return "An object has the id 0: pycocotools and lvis-api take what finds it for a false alarm, a known mistake, so that their number is lower.";
        }

        if (IgnoredThatCount > 0)
        {
            yield return FormattableString.Invariant(
                $"Objects marked to be ignored: {IgnoredThatCount}; these rules pass over the mark, as pycocotools does."
            );
        }
    }
}
