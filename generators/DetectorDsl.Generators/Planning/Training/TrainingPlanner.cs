using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Training;

/// <summary>Plans the training loop, which is the same whatever the architecture.</summary>
internal static class TrainingPlanner
{
    /// <summary>Plans it; null, and a problem, where a part of it cannot be made.</summary>
    /// <param name="hasMasks">Whether batches hold masks.</param>
    /// <param name="informedLosses">The losses that are told how often classes occur.</param>
    /// <param name="modules">Names of the model's modules.</param>
    /// <param name="context">The declaration.</param>
    public static TrainingFile? Plan(
        bool hasMasks,
        EquatableArray<string> informedLosses,
        IReadOnlyList<string> modules,
        PlanContext context
    )
    {
        var optimizer = context.Make(context.Spec.Component("Optimizer"), new Surroundings().With("model", "model"));
        var schedule = context.Make(
            context.Spec.Component("Schedule"),
            new Surroundings().With("totalUpdates", "run.TotalUpdates").With("epochs", Training(context).Value("Epochs"))
        );
        var images = context.Make(context.Spec.Component("TrainSampler"), new Surroundings().With("index", "index").With("seed", "seed"));
        var augmentations = context
            .Spec.List("Augmentations")
            .Select(item => context.Make(item, new Surroundings().With("seed", "seed")))
            .ToList();
        if (
            optimizer is null
            || schedule is null
            || images is null
            || augmentations.Contains(null)
            || !HasLearningRate(context)
            || !MilestonesAreReached(context)
        )
        {
            return null;
        }

        if (TrainOnly(modules, context) is not { } trainOnly || !HasFactorsOfKnownModules(modules, context))
        {
            return null;
        }

        var training = Training(context);
        return new TrainingFile(
            context.Names,
            hasMasks,
            informedLosses,
            trainOnly,
            training.Value("GradientStatistics"),
            optimizer,
            Warmup(schedule, context),
            context.Value("Optimizer", "LearningRate"),
            training.Value("AccumulationSteps"),
            training.Value("ClipNorm"),
            training.Value("Epochs"),
            training.Value("BatchSize"),
            training.Value("GroupByAspectRatio"),
            training.Value("LogEvery"),
            training.Value("CheckpointEvery"),
            training.Value("LoaderThreads"),
            augmentations.Select(static item => item!.Construction).ToEquatableArray(),
            images.Construction
        );
    }

    /// <summary>Names of the modules that are trained, as arguments; empty where all are, null where there is no such module.</summary>
    private static string? TrainOnly(IReadOnlyList<string> modules, PlanContext context)
    {
        var names = context.Spec.Component("Training").List("TrainOnly");
        return AreInModel(names.OfType<TextValue>(), modules, context) ? string.Join(", ", names.Select(ValueCode.Of)) : null;
    }

    /// <summary>Whether the modules to which the optimizer gives factors are in the model, each named once.</summary>
    private static bool HasFactorsOfKnownModules(IReadOnlyList<string> modules, PlanContext context)
    {
        var optimizer = context.Spec.Component("Optimizer");
        var names = optimizer.List("Modules").OfType<ComponentValue>().Select(static item => item["Module"]).OfType<TextValue>().ToList();
        var repeated = names.Where((name, index) => names.Take(index).Any(earlier => earlier.Text == name.Text)).FirstOrDefault();
        if (repeated is not null)
        {
            context.Report(
                Problems.ComponentNotUsable(repeated.Origin, optimizer.Name, $"the module '{repeated.Text}' has factors already")
            );
            return false;
        }

        return AreInModel(names, modules, context);
    }

    private static bool AreInModel(IEnumerable<TextValue> names, IReadOnlyList<string> modules, PlanContext context)
    {
        if (names.FirstOrDefault(name => !modules.Any(module => IsWithin(module, name.Text))) is not { } unknown)
        {
            return true;
        }

        context.Report(Problems.ModuleUnknown(unknown.Origin, unknown.Text, context.Names.Name, string.Join(", ", modules)));
        return false;
    }

    /// <summary>Whether the optimizer states the rate that the loop passes on to it; a problem where it does not.</summary>
    private static bool HasLearningRate(PlanContext context)
    {
        var optimizer = context.Spec.Component("Optimizer");
        if (
            optimizer.Info.Properties.Any(static property =>
                property is { Name: "LearningRate", Type: { Kind: PropertyKind.Real, Name: "double", IsNullable: false } }
            )
        )
        {
            return true;
        }

        context.Report(
            Problems.ComponentNotUsable(
                optimizer.Origin,
                optimizer.Name,
                "the training loop reads the learning rate from it. Give it a property LearningRate of type double"
            )
        );
        return false;
    }

    /// <summary>Whether the run is long enough for the milestones: a problem where the declaration itself states them, a warning where it inherits them.</summary>
    private static bool MilestonesAreReached(PlanContext context)
    {
        var schedule = context.Spec.Component("Schedule");
        var epochs = context.Spec.Component("Training")["Epochs"];
        if (
            !schedule.Info.Is("DetectorDsl.MultiStep")
            || ((ListValue)schedule["Epochs"]).Items.Cast<RealValue>().FirstOrDefault(item => item.Number >= ((RealValue)epochs).Number)
                is not { } late
        )
        {
            return true;
        }

        var isOwn = late.Origin.TypeName == context.Names.FullName;
        var problem = Problems.ValueOutOfRange(
            isOwn ? late.Origin : epochs.Origin,
            $"{schedule.Name}.Epochs",
            late.Display,
            $"below {context.Spec.Component("Training").Name}.Epochs, which is {epochs.Display}, to have an effect"
        );
        context.Report(problem with { IsWarning = !isOwn });
        return !isOwn;
    }

    private static bool IsWithin(string module, string name) => module == name || module.StartsWith(name + ".", StringComparison.Ordinal);

    private static ModuleArguments Training(PlanContext context) =>
        new(context.Spec.Component("Training"), Surroundings.None, context.Options);

    private static string Warmup(ObjectCode schedule, PlanContext context)
    {
        var isConstant = context.Spec.Component("Schedule").Choice("Warmup") == "Constant";
        var (type, share) = isConstant ? ("ConstantWarmup", "factor") : ("LinearWarmup", "startFactor");
        return ObjectCode
            .New(
                Schedules + type,
                $"steps: {context.Value("Schedule", "WarmupSteps")}",
                $"{share}: {context.Value("Schedule", "WarmupStart")}",
                schedule.Construction
            )
            .Construction;
    }
}
