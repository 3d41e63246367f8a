using System.CommandLine;
using System.Diagnostics;
using DetectorDsl.Detection.Convolutions;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Torch.Convolutions;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>convolutions</c>, which help does not show: whether this machine survives the convolutions of the program's declarations, in each form, at their full size.</summary>
internal static class ConvolutionsVerb
{
    public static Command For(IReadOnlyList<DetectorTrainer> trainers, CommandContext context)
    {
        var names = new Argument<string[]>("names") { Description = "Declarations; all by default.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("convolutions", "Try the convolutions of declarations in processes of their own.") { Hidden = true };
        command.Add(names);
        command.SetAction(arguments =>
        {
            var failed = 0;
            foreach (
                var trainer in trainers.Where(trainer =>
                    arguments.GetValue(names) is not { Length: > 0 } wanted || wanted.Contains(trainer.Name)
                )
            )
            {
                foreach (var form in (ConvolutionForm[])[ConvolutionForm.Library, ConvolutionForm.Products])
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    var clock = Stopwatch.StartNew();
                    var outcome = ConvolutionProbe.Try(trainer.Name, form);
                    context.Output.WriteLine(
                        FormattableString.Invariant($"{trainer.Name} {form.Name}: {outcome}, {clock.Elapsed.TotalSeconds:0.0} s")
                    );
                    failed += outcome == ConvolutionOutcome.Runs ? 0 : 1;
                }
            }

            return failed == 0 ? ExitCodes.Good : ExitCodes.BadInput;
        });
        return command;
    }
}
