using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Proposals;
using DetectorDsl.Generators.Planning.RoiHeads;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>Plans the losses and the loop of a two-stage detector.</summary>
internal static class TrainingPlanner
{
    public static (LossesFile Losses, TrainingFile Training)? Plan(ProposalPlan proposals, BoxHeadPlan boxHead, MaskHeadPlan? maskHead, PlanContext context)
    {
        var terms = Terms(boxHead, maskHead);
        if (terms.GroupBy(static term => term.Key).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            var loss = context.Spec.Component("BoxHead").Component("ClassificationLoss");
            context.Report(Problems.LossDoesNotFitHead(loss.Origin, loss.Name, context.Names.Name, $"another loss contributes a term named '{twice.Key}' already"));
            return null;
        }

        var roiHead = context.Spec.Component("RoiHead");
        if (!roiHead.Info.Is("DetectorDsl.StandardRoiHead"))
        {
            context.Report(Problems.ComponentNotUsable(roiHead.Origin, roiHead.Name, "second stages of one's own are not supported; derive from StandardRoiHead"));
            return null;
        }

        var assigner = context.Make(roiHead.Component("Assigner"), Surroundings.None);
        var sampler = context.Make(roiHead.Component("Sampler"), Surroundings.None);
        var optimizer = context.Make(context.Spec.Component("Optimizer"), new Surroundings().With("model", "Module", "model"));
        var schedule = context.Make(context.Spec.Component("Schedule"), new Surroundings().With("totalUpdates", "long", "run.TotalUpdates").With("epochs", "double", Training(context).Value("Epochs")));
        var images = context.Make(context.Spec.Component("TrainSampler"), new Surroundings().With("index", "ImageClassIndex", "index").With("seed", "long", "seed"));
        var augmentations = context.Spec.List("Augmentations").Select(item => context.Make(item, Surroundings.None)).ToList();
        if (assigner is null || sampler is null || optimizer is null || schedule is null || images is null || augmentations.Contains(null))
        {
            return null;
        }

        var fields = proposals.TrainingFields.ToList();
        fields.Add(new FieldPlan("roiTargets", ObjectCode.New(Heads + "RoiTargets", assigner.Construction, sampler.Construction, boxHead.Coder.Construction, $"classes: {CSharpLiteral.Of(context.Classes)}"), "Which regions the second stage's losses see, and their targets."));
        fields.Add(new FieldPlan("boxLoss", boxHead.BoxLoss, "Loss of the positive regions' offsets."));
        if (maskHead is not null)
        {
            fields.Add(new FieldPlan("maskLoss", maskHead.Loss, "Loss of the positive regions' masks."));
        }

        var training = Training(context);
        var preprocessing = context.Spec.Component("Preprocessing");
        var file = new TrainingFile(
            context.Names,
            fields.ToEquatableArray(),
            string.Join(", ", boxHead.Terms),
            boxHead.Terms.Count > 1,
            boxHead.LossNeeds is { ClassFrequencies: true },
            ClassificationArguments(boxHead),
            string.Join(", ", terms.Select(static term => term.Key)),
            boxHead.Features.Shape,
            boxHead.ResultShapes,
            maskHead is null ? null : CSharpLiteral.Of(maskHead.MaskSize),
            maskHead?.LogitShape,
            optimizer,
            Warmup(schedule, context),
            context.Value("Optimizer", "LearningRate"),
            training.Value("AccumulationSteps"),
            training.Value("ClipNorm"),
            training.Value("Epochs"),
            training.Value("BatchSize"),
            training.Value("LogEvery"),
            training.Value("CheckpointEvery"),
            training.Value("LoaderThreads"),
            augmentations.Select(static item => item!.Construction).ToEquatableArray(),
            images.Construction,
            ValueCode.Of(preprocessing["Mean"]),
            ValueCode.Of(preprocessing["Deviation"]),
            ValueCode.Of(preprocessing["PadTo"]));
        return (new LossesFile(context.Names, terms.ToEquatableArray()), file);
    }

    private static string ClassificationArguments(BoxHeadPlan boxHead) => string.Join(", ",
    [
        "logits", "regions.Labels", "null", "regions.Count",
        .. boxHead.LossNeeds is { StepSeed: true } ? ["stepSeed"] : Array.Empty<string>(),
        .. boxHead.LossNeeds is { Objects: true } ? ["regions.Objects"] : Array.Empty<string>(),
    ]);

    private static ModuleArguments Training(PlanContext context) => new(context.Spec.Component("Training"), Surroundings.None, context.Options);

    private static string Warmup(ObjectCode schedule, PlanContext context) => ObjectCode.New(
        Schedules + "LinearWarmup",
        $"steps: {context.Value("Schedule", "WarmupSteps")}",
        $"startFactor: {context.Value("Schedule", "WarmupStart")}",
        schedule.Construction).Construction;

    private static List<LossTerm> Terms(BoxHeadPlan boxHead, MaskHeadPlan? maskHead)
    {
        List<LossTerm> terms =
        [
            new("loss_rpn_cls", "Objectness of the sampled anchors."),
            new("loss_rpn_bbox", "Offsets of the positive anchors."),
            .. boxHead.Terms.Select((term, index) => new LossTerm(term, boxHead.Terms.Count == 1 ? "Classes of the sampled regions." : $"Classes of the sampled regions, part {index + 1} of {boxHead.Terms.Count}.")),
            new("loss_bbox", "Offsets of the positive regions."),
        ];
        if (maskHead is not null)
        {
            terms.Add(new LossTerm("loss_mask", "Masks of the positive regions."));
        }

        return terms;
    }
}
