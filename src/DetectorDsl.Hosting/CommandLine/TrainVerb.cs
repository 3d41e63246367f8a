using System.CommandLine;
using System.CommandLine.Parsing;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using DetectorDsl.Weights;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>train</c>: data, training, evaluation, files.</summary>
internal sealed class TrainVerb() : TrainerVerb("train", "Train, evaluate, and write checkpoint, metrics and pictures.")
{
    protected override Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context)
    {
        var (data, run, options) = (new DataOptions(), new RunOptions(trainer.Name), new WeightsOptions());
        var seed = RunOptions.Seed();
        var resume = new Option<bool>("--resume") { Description = "Go on from the output folder's last checkpoint." };
        var weights = new Option<string?>("--weights")
        {
            Description =
                "Start from these weights (safetensors, or .pth, .pt, .pkl) where name and shape fit; names of mmdetection, torchvision and detectron2.",
            HelpName = "file",
        };
        data.AddTo(command, training: true);
        foreach (
            Option option in (Option[])
                [
                    run.Output,
                    run.Device,
                    seed,
                    resume,
                    weights,
                    options.Naming,
                    options.Key,
                    options.CaffePixels,
                    options.Strict,
                    run.Pictures,
                    run.PictureScore,
                    .. trainer.Options,
                ]
        )
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(resume) && result.GetValue(weights) is not null)
            {
                result.AddError("--resume and --weights exclude each other: a resumed run has its weights already.");
            }
        });
        command.Validators.Add(result =>
        {
            if (
                result.GetValue(weights) is null
                && new[] { options.Naming.Name, options.Key.Name, options.CaffePixels.Name, options.Strict.Name }.FirstOrDefault(name =>
                    result.GetResult(name) is OptionResult { Implicit: false }
                )
                    is { } idle
            )
            {
                result.AddError($"{idle} says how --weights are taken, and there are none.");
            }
        });
        return arguments =>
        {
            if (arguments.GetValue(weights) is { } file && !File.Exists(file))
            {
                throw new BadInputException($"{file}: no such weights file; --weights names a safetensors, .pth, .pt or .pkl file.");
            }

            var device = run.Open(arguments);
            using var output = OutputFolder.Open(arguments.GetValue(run.Output)!);
            if (arguments.GetValue(resume) && !File.Exists(output.LastCheckpoint) && !File.Exists(output.PreviousCheckpoint))
            {
                throw new BadInputException(
                    $"{output.LastCheckpoint}: nothing to resume from. Leave --resume out, or name the folder of an interrupted run with --output."
                );
            }

            var clock = new PhaseClock();
            clock.Begin("data");
            var finder = new DataFinder(data, arguments, trainer, context);
            var training = finder.OpenTraining();
            context.Report.Line(training.Summary.Groups());
            var validation = finder.TryOpenValidation();
            output.RequireOutside(DataFinder.Places(training).Concat(validation is null ? [] : DataFinder.Places(validation)));
            output.RequireFree(RunFiles.OfTraining);
            output.Beginning = () =>
            {
                EvaluationStage.Forget(output);
                output.Write(RunFiles.Configuration, stream =>
                    ConfigurationFile.Write(stream, trainer, arguments.GetValue(seed), arguments)
                );
            };

            clock.Begin("training");
            context.Report.Training(progress =>
                trainer.Train(
                    new TrainingRequest(
                        training,
                        output,
                        device,
                        arguments.GetValue(seed),
                        arguments.GetValue(resume),
                        arguments.GetValue(weights) is { } start ? options.Source(arguments, start) : null,
                        arguments,
                        progress
                    ),
                    context.Cancellation
                )
            );
            output.Begin();
            clock.End();
            if (context.Cancellation.IsCancellationRequested)
            {
                context.Report.Line($"Stopped. The checkpoint is {output.LastCheckpoint}; go on with --resume.");
                return ExitCodes.Interrupted;
            }

            if (validation is null)
            {
                EvaluationStage.WriteGradients(trainer, training.Summary, output);
            }
            else
            {
                new EvaluationStage(trainer, run, context).Run(
                    arguments,
                    device,
                    new WeightsSource(output.LastCheckpoint),
                    validation,
                    training.Summary,
                    output,
                    clock
                );
            }

            return ExitCodes.Good;
        };
    }
}
