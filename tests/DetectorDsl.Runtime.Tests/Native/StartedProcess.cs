using DetectorDsl.Runtime.Hosting;
using DetectorDsl.Runtime.Native;
using DetectorDsl.Runtime.Tests.Hosting.CommandLine;
using TorchSharp;

namespace DetectorDsl.Runtime.Tests.Native;

/// <summary>What a process that a test starts does.</summary>
internal static class StartedProcess
{
    public const string Argument = "sum";

    public static int Main(string[] arguments) => arguments is [Argument] ? Sum() : RunTrainer(arguments);

    private static int Sum()
    {
        using var sum = torch.ones(3).sum();
        Console.WriteLine($"sum {sum.item<float>()}");
        return 0;
    }

    private static int RunTrainer(string[] arguments)
    {
        var code = TrainerCommandLine.Run(arguments, [new HandWrittenTrainer()]);
        Console.WriteLine($"torch loaded: {TorchLibrary.IsLoaded}");
        return code;
    }
}
