using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What flows from where to where in a cascade, pass by pass, as code.</summary>
/// <param name="passes">The passes.</param>
/// <param name="form">How they work together.</param>
/// <param name="maskHead">Their mask heads; null for a detector without masks.</param>
internal sealed class CascadeWiring(IReadOnlyList<CascadePass> passes, CascadeForm form, MaskHeadPlan? maskHead)
{
    private CascadePass Last => passes[passes.Count - 1];

    /// <summary>The variable that holds what the second stage reads, in the training.</summary>
    private string Read => form.IsFused ? "features" : "pyramid";

    /// <summary>What the second stage reads, where that is more than the pyramid.</summary>
    public string Enriched => $"[.. pyramid{(form.Semantic is null ? "" : ", semantic")}{(form.Context is null ? "" : ", context")}]";

    /// <summary>The mask heads at inference: one for each pass, or one.</summary>
    public IEnumerable<CascadeMasks> Masks =>
        maskHead is null
            ? []
            : passes
                .Where(HasMasks)
                .Select(pass =>
                {
                    var (name, flows) = (Suffix(pass), form.MaskFlow);
                    return new CascadeMasks(
                        name,
                        pass.Number,
                        flows ? $"new(follows: {(pass.Index > 0 ? "true" : "false")})" : maskHead.Part.Code.Initializer,
                        flows
                            ? $"MaskHead{name}.Inner({(pass.Index > 0 ? $"maskFeatures, inner{pass.Index - 1}" : "maskFeatures")})"
                            : null,
                        flows ? $"inner{name}" : "maskFeatures"
                    );
                });

    /// <summary>Terms of a pass's losses.</summary>
    public IEnumerable<LossTerm> Terms(CascadePass pass) =>
        pass.Terms([
            .. LossTerm.OfClasses(pass.BoxHead.Classification.Terms, "sampled regions"),
            .. pass.BoxHead.BoxTerms,
            .. HasMasks(pass) ? [maskHead!.Term] : Array.Empty<LossTerm>(),
        ]);

    /// <summary>A pass's part of a training step.</summary>
    public CascadeStep Step(CascadePass pass)
    {
        var index = pass.Index;
        var (isLast, masked) = (pass == Last, HasMasks(pass));
        var resamples = masked && form.Interleaved;
        var maskRegions = resamples ? $"maskRegions{index}" : $"regions{index}";
        return new CascadeStep(
            index,
            pass.Number,
            pass.Regions("proposals", "proposals"),
            index == 0 ? "stepSeed" : $"stepSeed + {index}",
            $"Model.RoiHead.{BoxFeatures(Read, $"regions{index}.Rois")}",
            pass.BoxHead.ResultShapes,
            pass.Terms(LossTerm.OfClasses(pass.BoxHead.Classification.Terms, "sampled regions")),
            pass.BoxHead.Classification.Arguments($"logits{index}, regions{index}.Labels, null, regions{index}.Count", $"regions{index}"),
            pass.Terms(pass.BoxHead.BoxTerms),
            pass.BoxLoss,
            pass.BoxHead.PositiveOffsets($"offsets{index}", $"regions{index}"),
            pass.RefiningScores($"Model.RoiHead.BoxHead{index}"),
            isLast && !resamples ? null : $"proposals{index + 1}",
            resamples ? $"stepSeed + {passes.Count + index}" : null,
            masked ? maskRegions : null,
            $"Model.RoiHead.{MaskFeatures(Read, $"{maskRegions}.PositiveRois")}",
            MaskLogits(pass)
        );
    }

    /// <summary>A pass's box head at inference.</summary>
    public CascadeHeads Heads(CascadePass pass)
    {
        var regions = pass.Regions("proposals", "regions");
        return new CascadeHeads(
            pass.Index,
            pass.Number,
            pass.BoxHead.Part.Code,
            pass.Coder.Construction,
            regions,
            BoxFeatures("features", $"new Rois({regions})"),
            pass.RefiningScores($"BoxHead{pass.Index}"),
            pass == Last ? null : $"regions{pass.Index + 1}"
        );
    }

    private bool HasMasks(CascadePass pass) => maskHead is not null && (form.MasksInEveryPass || pass == Last);

    private string Suffix(CascadePass pass) => form.MasksInEveryPass ? $"{pass.Index}" : "";

    private string BoxFeatures(string read, string rois) =>
        form.IsFused ? $"BoxFeaturesOf({read}, {rois})" : $"BoxFeatures.Extract({read}, {rois})";

    private string MaskFeatures(string read, string rois) =>
        form.IsFused ? $"MaskFeaturesOf({read}, {rois})" : $"MaskFeatures.Extract({read}, {rois})";

    private string MaskLogits(CascadePass pass)
    {
        var (head, features) = ($"Model.RoiHead.MaskHead{Suffix(pass)}", $"maskFeatures{pass.Index}");
        return $"{head}.call({(form.MaskFlow ? Inner(pass.Index, features) : features)})";
    }

    /// <summary>Inner features of a pass's mask head: those of the heads before are computed anew on the pass's own regions.</summary>
    private static string Inner(int pass, string features) =>
        $"Model.RoiHead.MaskHead{pass}.Inner({features}{(pass > 0 ? $", {Inner(pass - 1, features)}" : "")})";
}
