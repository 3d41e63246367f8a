using System.CommandLine;
using System.CommandLine.Parsing;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>What is wrong with a command line, in words that name the declarations where one was wanted.</summary>
internal static class UsageErrors
{
    /// <summary>Refuses what looks like an option among a verb's arguments: whatever is no option of the verb is taken for one of them, an option of another verb too.</summary>
    public static void RefuseUnknownOptions(ArgumentResult arguments, string verb)
    {
        foreach (
            var token in arguments.Tokens.Where(token =>
                token.Value.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(token.Value)
            )
        )
        {
            arguments.AddError($"{token.Value}: {verb} has no such option.");
        }
    }

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
