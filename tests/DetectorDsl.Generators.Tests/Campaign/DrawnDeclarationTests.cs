using System.CommandLine;
using System.Globalization;
using System.Reflection;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native;
using DetectorDsl.Runtime.Tests.Hosting;
using DetectorDsl.Training;
using Microsoft.CodeAnalysis;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Generators.Tests.Campaign;

/// <summary>
/// What compiles, works: each of many drawn declarations is either told what is wrong with it, and nothing else is, or takes a finite step. Run by command:
/// DETECTORDSL_DECLARATIONS says how many, DETECTORDSL_SEED from which seed, DETECTORDSL_REPORT a file that receives what became of each.
/// </summary>
public sealed class DrawnDeclarationTests : IDisposable
{
    private const int BatchSize = 10;
    private readonly string folder = Directory.CreateTempSubdirectory("drawn-declarations-").FullName;
    private readonly List<string> failures = [];
    private readonly Dictionary<string, int> outcomes = [];

    private static int Wanted => Number("DETECTORDSL_DECLARATIONS", 0);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void WhatCompiles_TakesAFiniteStep()
    {
        Skip.If(Wanted == 0, "DETECTORDSL_DECLARATIONS does not say how many declarations to draw");
        TorchLibrary.EnsureLoaded();
        TinyData.Write(folder);
        for (var start = 0; start < Wanted; start += BatchSize)
        {
            var seeds = Enumerable.Range(Number("DETECTORDSL_SEED", 1) + start, Math.Min(BatchSize, Wanted - start)).ToList();
            Try(seeds.Select(seed => (Name: $"Drawn{seed}", Source: new RandomDeclarations(seed).Next($"Drawn{seed}"))).ToList());
            if (Environment.GetEnvironmentVariable("DETECTORDSL_REPORT") is { } report)
            {
                File.WriteAllText(
                    report,
                    $"{string.Join("\n", outcomes.OrderByDescending(item => item.Value).Select(item => $"{item.Value} {item.Key}"))}\n\n{string.Join("\n\n", failures)}\n"
                );
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(20)));
    }

    private void Try(List<(string Name, string Source)> drawn)
    {
        var run = GeneratorTest
            .Of([
                .. drawn.Select(item => "using DetectorDsl;\n" + item.Source),
                "using DetectorDsl; [CategorySet(\"colours.json\")] public static partial class Colours;",
            ])
            .WithFile(
                "colours.json",
                """[{"id": 3, "name": "red", "image_count": 400, "instance_count": 900}, {"id": 7, "name": "blue, dark", "image_count": 4, "instance_count": 5}]"""
            )
            .WithRuntime()
            .WithAssemblyName("Drawn" + drawn[0].Name)
            .RunUnchecked();
        var told = run
            .Result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToLookup(diagnostic => diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic => diagnostic.Id);
        foreach (var error in run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            Fail(
                $"{error}",
                drawn.FirstOrDefault(item => error.ToString().Contains(item.Name + ".", StringComparison.Ordinal)).Source ?? drawn[0].Source
            );
        }

        using var stream = new MemoryStream();
        if (!run.Output.Emit(stream).Success)
        {
            return;
        }
        var assembly = Assembly.Load(stream.ToArray());
        for (var i = 0; i < drawn.Count; i++)
        {
            var ids = told[GeneratorTest.PathOf(i)].Distinct().Order(StringComparer.Ordinal).ToList();
            if (ids.Contains("DDSL0034"))
            {
                Fail(
                    "DDSL0034: "
                        + run.Result.Diagnostics.First(diagnostic => diagnostic.Id == "DDSL0034").GetMessage(CultureInfo.InvariantCulture),
                    drawn[i].Source
                );
            }
            else if (ids.Count > 0)
            {
                ids.ForEach(Count);
            }
            else
            {
                Step(
                    (DetectorTrainer)Activator.CreateInstance(assembly.GetType(drawn[i].Name + "Trainer", throwOnError: true)!)!,
                    drawn[i]
                );
            }
        }
    }

    private void Step(DetectorTrainer trainer, (string Name, string Source) drawn)
    {
        try
        {
            var command = new RootCommand();
            foreach (var option in trainer.Options)
            {
                command.Add(option);
            }
            using var output = OutputFolder.Open(Path.Combine(folder, drawn.Name));
            var data = DetectionDataset.Open(
                Path.Combine(folder, "train.json"),
                Path.Combine(folder, "train"),
                [.. TinyData.Categories.Select(category => (category.Id, category.Name))],
                forTraining: true
            );
            var progress = new Progress();
            trainer.Train(
                new TrainingRequest(
                    data,
                    output,
                    CPU,
                    1,
                    false,
                    null,
                    command.Parse(["--epochs", "0.0001", "--log-every", "1", "--batch-size", "2", "--accumulation-steps", "1"]),
                    progress
                ),
                default
            );
            if (progress.Totals is [var total] && double.IsFinite(total))
            {
                Count("took a finite step");
            }
            else
            {
                Fail($"losses: {string.Join(", ", progress.Totals)}", drawn.Source);
            }
        }
        catch (Exception exception)
        {
            Fail(
                $"{exception.GetType().Name}: {exception.Message.Split('\n')[0]} {exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("DetectorDsl", StringComparison.Ordinal))?.Trim()}",
                drawn.Source
            );
        }
        finally
        {
            Directory.Delete(Path.Combine(folder, drawn.Name), recursive: true);
        }
    }

    private void Fail(string what, string source)
    {
        Count("failed");
        failures.Add($"{what}\n{source}");
    }

    private void Count(string outcome) => outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;

    private sealed class Progress : ITrainingProgress
    {
        public List<double> Totals { get; } = [];

        public void Step(TrainingProgress now) => Totals.Add(now.Total);

        public void Message(string text) { }
    }
}
