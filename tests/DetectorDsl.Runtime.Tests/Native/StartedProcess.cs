using System.Diagnostics;
using DetectorDsl.Detection.Convolutions;
using DetectorDsl.Hosting;
using DetectorDsl.Hosting.CommandLine;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Native;
using DetectorDsl.Runtime.Tests.Convolutions;
using DetectorDsl.Runtime.Tests.Hosting.CommandLine;
using DetectorDsl.Torch.Convolutions;
using TorchSharp;

namespace DetectorDsl.Runtime.Tests.Native;

/// <summary>What a process that a test starts does.</summary>
internal static class StartedProcess
{
    public const string Argument = "sum";
    public const string Compute = "compute";
    public const string Choose = "choose";

    /// <summary>Starts this program.</summary>
    /// <param name="arguments">What it is to do.</param>
    /// <param name="environment">Changes of the environment.</param>
    /// <param name="under">A program that starts it; null for none.</param>
    public static Process Start(string[] arguments, Dictionary<string, string?>? environment = null, string? under = null)
    {
        string[] command = [.. new[] { under }.OfType<string>(), "dotnet", "exec", typeof(StartedProcess).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static int Main(string[] arguments) =>
        ConvolutionProbe.RunIfAsked([new FaultyTrainer()])
        ?? arguments switch
        {
            [Argument] => Sum(),
            [Compute] => ComputeWithoutEnd(),
            [Choose, var network, var answer] => MakeAChoice(network == "large" ? 256 : 255, answer),
            _ => RunTrainer(arguments),
        };

    private static int MakeAChoice(int channels, string answer)
    {
        var probe = new ToldProbe(answer);
        ConvolutionChoice.Probe = answer == "nobody" ? null : probe;
        using var model = torch.nn.Conv2d(channels, channels, 1);
        for (var time = 0; time < 2; time++)
        {
            ConvolutionChoice.Make("Faulty", model, FaultyTrainer.Preparation, torch.CPU);
        }

        Console.WriteLine(string.Join(", ", [ConvolutionForm.Current.Name, $"asked {probe.Asked}", .. probe.Told]));
        return 0;
    }

    // Answers as it is told to, or by starting processes.
    private sealed class ToldProbe(string answer) : IConvolutionProbe
    {
        public int Asked { get; private set; }

        public List<string> Told { get; } = [];

        public ConvolutionForm? FirstThatRuns(string detector, int shortSide, int longSide)
        {
            Asked++;
            return answer == "processes"
                ? new ConvolutionProbe(new PlainReport(Console.Out)).FirstThatRuns(detector, shortSide, longSide)
                : ConvolutionForm.Find(answer);
        }

        public void Tell(string detector, ConvolutionForm form) => Told.Add($"told {form.Name}");
    }

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
