using System.CommandLine;
using DetectorDsl.Runtime.Hosting;

namespace DetectorDsl.Runtime.CommandLine;

/// <summary><c>describe</c>: what a declaration stands for.</summary>
internal sealed class DescribeVerb() : TrainerVerb("describe", "Show layers, shapes, parameters and operations, or the resolved configuration.")
{
    protected override Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print the resolved configuration as JSON." };
        command.Add(json);
        return arguments =>
        {
            context.Output.WriteLine(arguments.GetValue(json) ? trainer.Configuration : trainer.Description);
            return ExitCodes.Good;
        };
    }
}
