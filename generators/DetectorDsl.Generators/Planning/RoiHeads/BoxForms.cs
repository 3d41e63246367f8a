using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Forms of box regression, and the heads that they fit.</summary>
internal static class BoxForms
{
    private const int Sides = 4;

    /// <summary>The form that states sides by their buckets.</summary>
    public const string Buckets = "DetectorDsl.BucketBoxCoder";

    /// <summary>Numbers that the form needs for a box: the offsets of its corners, or for each side the logits of its buckets and the distances from them.</summary>
    public static int Numbers(ComponentValue coder) => coder.Info.Is(Buckets) ? 2 * Sides * ((coder.Integer("Buckets") + 1) / 2) : Sides;

    /// <summary>Whether a head's form makes a box of four numbers; a problem where it does not.</summary>
    /// <param name="head">A head that predicts four numbers for a box.</param>
    /// <param name="context">The declaration.</param>
    public static bool IsOfFourNumbers(ComponentValue head, PlanContext context)
    {
        var coder = head.Component("BoxCoder");
        if (!coder.Info.Is(Buckets))
        {
            return true;
        }

        context.Report(
            Problems.BoxFormDoesNotFit(
                coder.Origin,
                coder.Name,
                head.Name,
                "it predicts four numbers for a box. Take a DeltaBoxCoder, or a SideAwareBoxHead"
            )
        );
        return false;
    }

    /// <summary>Whether two coders of one kind make a box of as many numbers.</summary>
    public static bool AreAlike(ComponentValue first, ComponentValue second) =>
        !first.Info.Is(Buckets) || first.Integer("Buckets") == second.Integer("Buckets");
}
