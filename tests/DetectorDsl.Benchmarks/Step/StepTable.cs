using System.Diagnostics;
using System.Globalization;
using DetectorDsl.Training;
using static TorchSharp.torch;

namespace Benchmarks.Step;

/// <summary>A training step against its floor, in turn within one run, so that what else the machine does meets both.</summary>
internal static class StepTable
{
    private const int WarmUps = 3;

    /// <summary>Measures and prints medians, quartiles and the ratio.</summary>
    /// <param name="rounds">Steps that are measured.</param>
    public static void Print(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("detectordsl-step");
        try
        {
            var data = StepImages.Write(folder.FullName);
            random.manual_seed(0);
            using var model = new StepMaskRcnnModel();
            using var floor = new ConvolutionFloor(model);
            using var output = OutputFolder.Open(Path.Combine(folder.FullName, "out"));
            var options = new StepMaskRcnnOptions { Epochs = WarmUps + rounds, CheckpointEvery = WarmUps + rounds };
            using var training = new StepMaskRcnnTraining(model, options, data, seed: 0, CPU);
            var floors = new List<(double Forward, double Backward)>();
            training.StepEnded = step =>
            {
                floor.Close();
                if (step >= WarmUps)
                {
                    floors.Add(floor.Run());
                }
            };
            using (var run = training.Open(output, new Silence()))
            {
                training.Run(run);
            }

            Report(training.Milliseconds.Skip(WarmUps), floors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(IEnumerable<double> steps, IReadOnlyList<(double Forward, double Backward)> floors)
    {
        var (step, forward, backward) = (
            Quartiles(steps),
            Quartiles(floors.Select(pass => pass.Forward)),
            Quartiles(floors.Select(pass => pass.Backward))
        );
        Console.WriteLine("ms                  lower quartile   median   upper quartile");
        Line("step", step);
        Line("floor, forward", forward);
        Line("floor, backward", backward);
        using var process = Process.GetCurrentProcess();
        var ratio = step.Median / (forward.Median + backward.Median);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"step / floor {ratio:0.000}; at most {process.PeakWorkingSet64 >> 20} MiB, the floor's kept inputs included"
            )
        );
    }

    private static void Line(string name, (double Lower, double Median, double Upper) values) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name, -18}{values.Lower, 16:0}{values.Median, 9:0}{values.Upper, 17:0}")
        );

    private static (double Lower, double Median, double Upper) Quartiles(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
    }

    private sealed class Silence : ITrainingProgress
    {
        public void Step(TrainingProgress now) { }

        public void Message(string text) { }
    }
}
