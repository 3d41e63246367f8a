using DetectorDsl.Hosting;
using DetectorDsl.Hosting.Trainers;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>What a command line came to.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandLineRun(int Code, string Output, string Error)
{
    public static CommandLineRun Of(DetectorTrainer trainer, params string[] args) => Of([trainer], CancellationToken.None, args);

    public static CommandLineRun Of(IReadOnlyList<DetectorTrainer> trainers, CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new(),
            error = new();
        var code = TrainerCommandLine.Run(args, trainers, output, error, cancellation);
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Checks that a person is told what is wrong, and nothing of the program's inside.</summary>
    public void Fails(int code, params string[] words)
    {
        Assert.True(code == Code, $"exit code {Code} instead of {code}\n{Output}\n{Error}");
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }

    public CommandLineRun Succeeds()
    {
        Assert.True(Code == 0, $"exit code {Code}\n{Output}\n{Error}");
        return this;
    }
}
