using System.CommandLine;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>describe</c>: what a declaration stands for.</summary>
internal sealed class DescribeVerb()
    : TrainerVerb("describe", "Show layers, shapes, parameters and operations, the tensors of a checkpoint, or the resolved configuration.")
{
    protected override Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print the resolved configuration as JSON." };
        var state = new Option<bool>("--state") { Description = "Print names, shapes and types of all tensors that a checkpoint holds." };
        command.Add(json);
        command.Add(state);
        return arguments =>
        {
            context.Output.Write(
                arguments.GetValue(json) ? trainer.Configuration
                : arguments.GetValue(state) ? trainer.State
                : trainer.Description
            );
            context.Output.WriteLine();
            return ExitCodes.Good;
        };
    }
}
