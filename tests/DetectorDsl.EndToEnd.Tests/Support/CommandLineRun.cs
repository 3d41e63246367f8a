using DetectorDsl.Hosting;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>What a generated trainer's command line came to.</summary>
public sealed record CommandLineRun(int Code, string Output, string Error)
{
    public static CommandLineRun Of(DetectorTrainer trainer, params string[] args)
    {
        using StringWriter output = new(),
            error = new();
        var code = TrainerCommandLine.Run(args, [trainer], output, error);
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }

    public CommandLineRun Succeeds()
    {
        Assert.True(Code == 0, $"exit code {Code}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>One message for a person, nothing of the program's inside.</summary>
    public void Fails(int code, params string[] words)
    {
        Assert.True(code == Code, $"exit code {Code} instead of {code}\n{Output}\n{Error}");
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}
