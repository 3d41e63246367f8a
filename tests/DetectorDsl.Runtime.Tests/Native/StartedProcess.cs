using System.Diagnostics;
using DetectorDsl.Runtime.CommandLine;
using DetectorDsl.Runtime.Hosting;
using DetectorDsl.Runtime.Native;
using DetectorDsl.Runtime.Tests.Hosting.CommandLine;
using TorchSharp;

namespace DetectorDsl.Runtime.Tests.Native;

/// <summary>What a process that a test starts does.</summary>
internal static class StartedProcess
{
    public const string Argument = "sum";
    public const string Compute = "compute";

    /// <summary>Starts this program.</summary>
    /// <param name="argument">What it is to do.</param>
    /// <param name="under">A program that starts it; null for none.</param>
    public static Process Start(string argument, string? under = null)
    {
        string[] command = [.. new[] { under }.OfType<string>(), "dotnet", "exec", typeof(StartedProcess).Assembly.Location, argument];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
    }

    public static int Main(string[] arguments) => arguments switch
    {
        [Argument] => Sum(),
        [Compute] => ComputeWithoutEnd(),
        _ => RunTrainer(arguments),
    };

    private static int Sum()
    {
        using var sum = torch.ones(3).sum();
        Console.WriteLine($"sum {sum.item<float>()}");
        return 0;
    }

    // Steps that go on whatever is asked for, on several threads as a trainer's, as long as there is a test that asks.
    private static int ComputeWithoutEnd()
    {
        using var interruption = new Interruption(Console.WriteLine);
        using var first = new CountdownEvent(2);
        for (var worker = 0; worker < 2; worker++)
        {
            new Thread(() =>
            {
                for (var step = 0; ; step++)
                {
                    Step();
                    if (step == 0)
                    {
                        first.Signal();
                    }
                }
            }).Start();
        }

        first.Wait();
        Console.WriteLine("computing");
        Console.In.ReadToEnd();
        ProcessEnd.AtOnce(ExitCodes.Interrupted);
        return 0;
    }

    private static void Step()
    {
        using var scope = torch.NewDisposeScope();
        var map = torch.randn(2, 32, 40, 40).requires_grad_();
        var weight = torch.randn(64, 32, 3, 3).requires_grad_();
        torch.nn.functional.conv2d(map, weight, padding: [1, 1]).relu_().sum().backward();
    }

    private static int RunTrainer(string[] arguments)
    {
        var code = TrainerCommandLine.Run(arguments, [new HandWrittenTrainer()]);
        Console.WriteLine($"torch loaded: {TorchLibrary.IsLoaded}");
        return code;
    }
}
