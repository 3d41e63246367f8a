using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Evaluation.Statistics;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using LongTail.Experiment;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.ClassifierOnly;

/// <summary>
/// The paper's decoupled rows in miniature: one detector trained with cross-entropy, of which only the last layer is trained anew with each loss, many
/// times.
/// </summary>
internal sealed class ClassifierExperiment(string folder, TailData data, Budget budget, ITrainingProgress progress)
{
    private const int TuningSeed = 1000;
    private const int Seeds = 20;

    // The comparison's choice for cross-entropy.
    private const double DetectorLearningRate = 4e-3;

    private static readonly double[] LearningRates = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

    private readonly RunLog results = new(Path.Combine(folder, "classifier.jsonl"));

    /// <summary>Does what is missing.</summary>
    /// <returns>The table.</returns>
    public string Run(CancellationToken cancellation)
    {
        var trainer = Rows.Baseline.Random();
        var detector = Detector(trainer, cancellation);
        var validation = data.Validation(trainer, cancellation)[0].Data;
        using var cache = RegionCache.Of(
            detector,
            data.Training(trainer, DetectorSeed, isBalanced: false, cancellation),
            validation,
            cancellation
        );
        var trial = new ClassifierTrial(cache, validation);
        var byRow = new Dictionary<Row, (double Rate, ImmutableSortedDictionary<long, ImmutableSortedDictionary<string, double>> Values)>();
        foreach (var (row, make) in Classifier.Rows)
        {
            var rate = LearningRates
                .OrderByDescending(tried => Result(row, make, tried, TuningSeed).Values[Comparison.TuningValue])
                .First();
            byRow[row] = (
                rate,
                Enumerable.Range(1, Seeds).ToImmutableSortedDictionary(seed => (long)seed, seed => Result(row, make, rate, seed).Values)
            );
            progress.Message($"{row.Title}: {Seeds} classifiers.");
        }

        return Table(byRow);

        RunResult Result(Row row, Func<Classifier> make, double rate, long seed)
        {
            cancellation.ThrowIfCancellationRequested();
            var configuration = RunConfiguration.Of(
                ("row", row.Name),
                ("declarations", DeclarationText.HashFor(row)),
                ("learning_rate", Number.Text(rate)),
                ("seed", seed.ToString(CultureInfo.InvariantCulture)),
                ("steps", ClassifierTrial.Steps.ToString(CultureInfo.InvariantCulture)),
                ("detector", DetectorRun.Configuration(data, budget).Hash)
            );
            if (results.Find(configuration) is { } kept)
            {
                return kept;
            }

            var result = trial.Run(make, rate, seed, configuration);
            results.Keep(result);
            return result;
        }
    }

    private long DetectorSeed => budget.Seeds[0];

    private RowRun DetectorRun => new(Rows.Baseline, Sampling.Random, DetectorSeed, DetectorLearningRate);

    // Trained once; a checkpoint of an interrupted training has another name.
    private string Detector(DetectorTrainer trainer, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, "classifier", $"detector-{DetectorRun.Configuration(data, budget).Hash}.safetensors");
        if (File.Exists(file))
        {
            return file;
        }

        var pretraining = new PretrainedWeights(folder, data, budget);
        pretraining.Make(progress, cancellation);
        using var output = OutputFolder.Open(Path.Combine(folder, "work", "classifier"));
        var arguments = TrainerArguments.Of(
            trainer,
            "--learning-rate",
            Number.Text(DetectorRun.LearningRate),
            "--epochs",
            Number.Text(budget.Epochs)
        );
        trainer.Train(
            new TrainingRequest(
                data.Training(trainer, DetectorSeed, isBalanced: false, cancellation),
                output,
                CPU,
                DetectorSeed,
                Resume: false,
                new(pretraining.File),
                arguments,
                progress
            ),
            cancellation
        );
        cancellation.ThrowIfCancellationRequested();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Move(output.LastCheckpoint, file);
        return file;
    }

    private static string Table(
        Dictionary<Row, (double Rate, ImmutableSortedDictionary<long, ImmutableSortedDictionary<string, double>> Values)> byRow
    )
    {
        string[] metrics = ["AP", "APr", "APc", "APf"];
        return MarkdownTable.Of(
            ["", .. metrics.Select(metric => $"box {metric}"), $"box AP less that of {Rows.Baseline.Title}", "learning rate", "seeds"],
            byRow.Select(item =>
                (IReadOnlyList<string>)
                    [
                        item.Key.Title,
                        .. metrics.Select(metric =>
                            MeanEstimate.Of(Of(item.Key, metric).Values) is var mean
                                ? $"{Percent(mean.Mean)} ± {Percent(mean.Deviation)}"
                                : ""
                        ),
                        item.Key == Rows.Baseline ? ""
                        : PairedComparison.Difference(Of(item.Key, "AP"), Of(Rows.Baseline, "AP")) is var gain
                            ? $"{Percent(gain.Mean)} [{Percent(gain.Lower)}, {Percent(gain.Upper)}]"
                        : "",
                        Number.Text(item.Value.Rate),
                        item.Value.Values.Count.ToString(CultureInfo.InvariantCulture),
                    ]
            )
        );

        ImmutableSortedDictionary<long, double> Of(Row row, string metric) =>
            byRow[row]
                .Values.ToImmutableSortedDictionary(
                    item => item.Key,
                    item => item.Value[Names.Of(Names.Balanced, Names.Boxes, Names.Usual, metric)]
                );
    }

    private static string Percent(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);
}
