using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Samplers of boxes, and where they can be asked.</summary>
internal static class BoxSamplers
{
    /// <summary>The sampler that asks the box head for scores.</summary>
    public const string ScoreRanked = "DetectorDsl.ScoreRankedBoxSampler";

    /// <summary>A part's sampler where no scores are at hand; null, and a problem, where it cannot be made or asks for them.</summary>
    /// <param name="part">The part that holds it.</param>
    /// <param name="context">The declaration.</param>
    public static ObjectCode? WithoutScores(ComponentValue part, PlanContext context)
    {
        var sampler = part.Component("Sampler");
        if (!sampler.Info.Is(ScoreRanked))
        {
            return context.Make(sampler, Surroundings.None);
        }

        context.Report(Problems.SamplerNeedsScores(sampler.Origin, sampler.Name, part.Name));
        return null;
    }
}
