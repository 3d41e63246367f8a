extern alias full;

using System.Diagnostics;
using System.Text.Json.Nodes;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Hosting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Weights;
using DetectorDsl.Zoo.Tests.Support;
using Xunit.Abstractions;

namespace DetectorDsl.Zoo.Tests;

/// <summary>Every declaration in full size trains for one step and looks at one image, where the variable asks for it: it takes some forty minutes and 5 GB.</summary>
[Collection(TorchCollection.Name)]
public sealed class FullSizeTrainingTests(TwinData data, ITestOutputHelper output) : IDisposable
{
    private const string Variable = "DETECTORDSL_FULL_SIZE";

    private readonly TemporaryFolder folder = new();
    private readonly string before = Environment.CurrentDirectory;

    public static TheoryData<string> Names => [.. full::TrainerProgram.Trainers.Select(trainer => trainer.Name)];

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Dispose();
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void AStepAndALook(string name)
    {
        Skip.If(Environment.GetEnvironmentVariable(Variable) is null, $"Full sizes are tried where {Variable} is set.");
        var trainer = full::TrainerProgram.Trainers.Single(trainer => trainer.Name == name);
        var clock = Stopwatch.StartNew();
        data.WriteFolder(folder.File("data"), trainer.Categories);

        // The backbone's weights are looked for in the working folder; fresh ones do.
        Environment.CurrentDirectory = folder.Path;
        WriteBackbone(trainer);
        using StringWriter report = new(),
            error = new();
        string[] arguments =
        [
            "train",
            "--data",
            "data",
            "--output",
            "out",
            "--epochs",
            "1",
            "--batch-size",
            "1",
            "--accumulation-steps",
            "1",
            "--short-side",
            "160",
            "--long-side",
            "160",
            "--max-per-image",
            "10",
        ];
        var code = TrainerCommandLine.Run(arguments, [trainer], report, error);
        Assert.True(code == 0, $"exit code {code}\n{report}\n{error}");
        using var process = Process.GetCurrentProcess();
        output.WriteLine($"{name}: {clock.Elapsed.TotalSeconds:0} s, the process has used {process.PeakWorkingSet64 >> 20} MiB at most");
    }

    private static void WriteBackbone(DetectorTrainer trainer)
    {
        const string Prefix = "backbone.";
        using var model = trainer.CreateModel();
        var backbone = model
            .state_dict()
            .Where(item => item.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(item => KeyValuePair.Create(item.Key[Prefix.Length..], item.Value))
            .ToArray();
        SafetensorsFile.Write(
            JsonNode.Parse(trainer.Configuration)!["Backbone"]!["InitialWeights"]!.GetValue<string>(),
            backbone,
            new Dictionary<string, string>()
        );
    }
}
