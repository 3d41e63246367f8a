using System.Collections.Immutable;
using System.Diagnostics;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.Experiment;

/// <summary>Trains a row and measures what came of it.</summary>
/// <param name="folder">Receives a run's files while it lasts; holds the pretrained weights.</param>
/// <param name="data">The data.</param>
/// <param name="budget">How long is trained.</param>
/// <param name="progress">Told of the training.</param>
internal sealed class RowRunner(string folder, TailData data, Budget budget, ITrainingProgress progress)
{
    private const double EarlyShare = 0.8;

    // A thousandth of a point: far below what a seed changes, and results stay small.
    private const int Digits = 5;

    /// <summary>Does a run.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RunResult Run(RowRun run, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var configuration = run.Configuration(data, budget);
        var trainer = run.Trainer();
        var training = data.Training(trainer, run.Seed, run.IsBalanced, cancellation);
        var validation = data.Validation(trainer, cancellation);
        var epochs = budget.Epochs * EpochsOfRandom(trainer, training, run.Seed);
        var arguments = TrainerArguments.Of(
            trainer,
            "--learning-rate",
            Number.Text(run.LearningRate),
            "--epochs",
            Number.Text(epochs),
            "--checkpoint-every",
            Number.Text(epochs)
        );
        var work = Path.Combine(folder, "work", configuration.Hash);
        var values = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        using (var output = OutputFolder.Open(work))
        {
            var request = new TrainingRequest(
                training,
                output,
                CPU,
                run.Seed,
                Resume: false,
                new WeightsSource(new PretrainedWeights(folder, data, budget).File),
                arguments,
                progress
            );
            if (run.Row == Rows.Baseline)
            {
                // The same bits as without the stop: a run goes on from its checkpoint as if nothing had been.
                using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                trainer.Train(request with { Progress = new StopAt(progress, EarlyShare, early) }, early.Token);
                cancellation.ThrowIfCancellationRequested();
                Measure(Names.Early);
                request = request with { Resume = true, Weights = null };
            }

            trainer.Train(request, cancellation);
            cancellation.ThrowIfCancellationRequested();
            Measure("");
            if (run.Row == Rows.Baseline && run.Sampling == Sampling.Random)
            {
                foreach (var (name, value) in GroundTruthAccuracy.Of(output.LastCheckpoint, validation[0].Data))
                {
                    values[name] = Math.Round(value, Digits);
                }
            }

            void Measure(string prefix)
            {
                using var detector = trainer.Open(arguments, CPU, new WeightsSource(output.LastCheckpoint));
                foreach (var (name, value) in validation.SelectMany(set => Measurement.Of(detector, set.Name, set.Data, cancellation)))
                {
                    values[prefix + name] = Math.Round(value, Digits);
                }
            }
        }

        Directory.Delete(work, recursive: true);
        return new RunResult(configuration, clock.Elapsed.TotalSeconds, values.ToImmutable());
    }

    // As many steps for every sampler: how many of its epochs show as many images as one of the random sampler's.
    private static double EpochsOfRandom(DetectorTrainer trainer, DetectionDataset training, long seed) =>
        (double)training.Images.Length / trainer.OpenBatches(TrainerArguments.Of(trainer), training, seed).Order.Epoch(0).Count;

    private sealed class StopAt(ITrainingProgress inner, double share, CancellationTokenSource stop) : ITrainingProgress
    {
        public void Step(TrainingProgress now)
        {
            inner.Step(now);
            if (now.Step >= share * now.Of)
            {
                stop.Cancel();
            }
        }

        public void Message(string text) => inner.Message(text);
    }
}
