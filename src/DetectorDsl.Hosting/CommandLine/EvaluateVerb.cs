using System.CommandLine;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>evaluate</c>: scores a checkpoint, or a results file without any model.</summary>
internal sealed class EvaluateVerb()
    : TrainerVerb("evaluate", "Evaluate a checkpoint; or, with --annotations and --results, a results file without any model.")
{
    protected override Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context)
    {
        var (data, run, weights) = (new DataOptions(), new RunOptions(trainer.Name), new WeightsOptions());
        data.AddTo(command, training: false);
        foreach (
            Option option in (Option[])
                [
                    run.Checkpoint,
                    weights.Naming,
                    weights.Key,
                    weights.CaffePixels,
                    run.Output,
                    run.Device,
                    run.Pictures,
                    run.PictureScore,
                    run.ClassAccuracy,
                    .. trainer.InferenceOptions,
                ]
        )
        {
            command.Add(option);
        }

        return arguments =>
        {
            var checkpoint = weights.Source(arguments, run.CheckpointPath(arguments));
            var device = run.Open(arguments);
            using var output = OutputFolder.Open(arguments.GetValue(run.Output)!);
            var clock = new PhaseClock();
            clock.Begin("data");
            var validation = new DataFinder(data, arguments, trainer, context).OpenValidation();
            output.RequireOutside(DataFinder.Places(validation));
            output.RequireFree([.. RunFiles.OfEvaluation, RunFiles.Log]);
            new EvaluationStage(trainer, run, context).Run(arguments, device, checkpoint, validation, null, output, clock);
            return ExitCodes.Good;
        };
    }

    protected override void Complete(Command verb, Func<ParseResult, int> action, CommandContext context)
    {
        var files = new ResultsEvaluation();
        files.AddTo(verb);
        verb.SetAction(arguments => files.IsWanted(arguments) ? files.Run(arguments, context) : action(arguments));
    }
}
