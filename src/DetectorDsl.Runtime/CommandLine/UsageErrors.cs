using System.CommandLine;

namespace DetectorDsl.Runtime.CommandLine;

/// <summary>What is wrong with a command line, in words that name the declarations where one was wanted.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> Of(ParseResult arguments)
    {
        if (arguments.Errors.Count == 0)
        {
            return [];
        }

        var command = arguments.CommandResult.Command;
        return command.Subcommands.Count > 0 && arguments.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-')) is { } name
            ? [$"{command.Name}: there is no '{name}'; there are {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."]
            : [.. arguments.Errors.Select(problem => problem.Message)];
    }
}
