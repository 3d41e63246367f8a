using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Backbones;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Describing;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Necks;
using DetectorDsl.Generators.Planning.Options;
using DetectorDsl.Generators.Planning.Predicting;
using DetectorDsl.Generators.Planning.Stubs;
using DetectorDsl.Generators.Planning.Trainers;
using DetectorDsl.Generators.Planning.Training;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning;

/// <summary>Specs in, render-ready plan out: shapes travel from part to part, every name and literal is settled here.</summary>
internal static class DetectorPlanner
{
    /// <summary>Plans a declaration. A part that cannot be planned is a problem, and a stub takes the declaration's place.</summary>
    /// <param name="spec">The declaration.</param>
    /// <param name="surface">What a stub offers.</param>
    /// <param name="project">The project that is to compile it.</param>
    /// <param name="cancellation">Ends the planning.</param>
    public static PlanResult Plan(DetectorSpec spec, StubSurface surface, ProjectInfo project, CancellationToken cancellation)
    {
        var (options, optionNames, optionProblems) = OptionsPlanner.Plan(spec);
        var context = new PlanContext(spec, optionNames);
        if (StubPlanner.TakenBy(context.Names, context.Names.FullName) is { } taken)
        {
            // A stub would bear the name, too.
            return new PlanResult(new DetectorPlan(context.Names, []), [taken], IsTrainable: false);
        }

        if (!project.CompilesModels)
        {
            context.Report(
                Problems.LanguageVersionTooOld(
                    DeclarationOrigin(context),
                    spec.Name,
                    project.LanguageVersion,
                    ProjectInfo.OldestLanguageVersion
                )
            );
            return new PlanResult(StubPlanner.OfResolved(context.Names, surface, project), context.Reported, IsTrainable: false);
        }

        optionProblems.ForEach(context.Report);
        cancellation.ThrowIfCancellationRequested();
        return Files(options, context) is { } files && optionProblems.Count == 0
            ? new PlanResult(new DetectorPlan(context.Names, files), context.Reported, IsTrainable: true)
            : new PlanResult(StubPlanner.OfResolved(context.Names, surface, project), context.Reported, IsTrainable: false);
    }

    private static EquatableArray<FilePlan>? Files(IReadOnlyList<OptionPlan> options, PlanContext context)
    {
        if (
            !HasCategories(context)
            || !TrainerPlanner.KnowsData(context)
            || ArchitecturePlanner.Of(context) is not { } architecture
            || BackbonePlanner.Plan(context) is not { } backbone
            || NeckPlanner.Plan(backbone.Levels, context) is not { } neck
            || architecture.Plan(backbone, neck, context) is not { } planned
        )
        {
            return null;
        }

        PartPlan[] parts = [backbone.Part, neck.Part, .. planned.Heads];
        string[] modules = [.. parts.SelectMany(static part => part.Rows).Select(static row => row.Name)];
        if (TrainingPlanner.Plan(planned.HasMasks, planned.InformedLosses, modules, context) is not { } training)
        {
            return null;
        }

        var description = DescriptionPlanner.Plan(parts, context);
        if (LayersOf(parts, context).FirstOrDefault(context.Names.TakenNames.Contains) is { } taken)
        {
            context.Report(
                Problems.DuplicateName(
                    DeclarationOrigin(context),
                    taken,
                    "a type of your own",
                    $"a type that is generated for {context.Names.Name}"
                )
            );
            return null;
        }

        FilePlan[] files =
        [
            .. parts.Select(static part => part.File).Where(static file => file is not null).Select(static file => file!),
            planned.Model,
            new LossesFile(context.Names, planned.Terms),
            training,
            planned.Forward,
            description,
            NamesPlanner.Plan(parts, context),
            PredictorPlanner.Plan(planned.HasMasks, planned.Regions, context),
            new OptionsFile(context.Names, options.Where(option => context.Options.IsRead(option.Name)).ToEquatableArray()),
            TrainerPlanner.Plan(backbone.InitialWeights is not null, context),
        ];
        return files.ToEquatableArray();
    }

    /// <summary>Names of the types that are generated for parts of the model.</summary>
    private static IEnumerable<string> LayersOf(IEnumerable<PartPlan> parts, PlanContext context) =>
        parts.Where(static part => part.File is not null).Select(part => context.Names.Name + part.File!.Aspect);

    private static bool HasCategories(PlanContext context)
    {
        if (context.Classes == 0)
        {
            context.Report(Problems.CategoriesMissing(DeclarationOrigin(context), context.Names.Name));
            return false;
        }

        return ClassCounts.Agree(context);
    }

    private static Origin DeclarationOrigin(PlanContext context) => Origin.OfType(context.Names.FullName);
}
