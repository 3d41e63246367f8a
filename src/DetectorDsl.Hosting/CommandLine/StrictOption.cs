using System.CommandLine;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>--strict-annotations</c>: refuses annotations of which anything has to be mended or left out.</summary>
internal sealed class StrictOption
{
    private readonly Option<bool> option = new("--strict-annotations")
    {
        Description = "Refuse an annotation file of which any entry has a defect, instead of mending it or leaving it out.",
    };

    /// <summary>Adds the option, unless the command has it already.</summary>
    public void AddTo(Command command)
    {
        if (command.Options.All(other => other.Name != option.Name))
        {
            command.Add(option);
        }
    }

    public bool IsWanted(ParseResult arguments) => arguments.GetValue<bool>(option.Name);
}
