using System.Collections.Immutable;
using DetectorDsl.Data.Rendering;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using LongTail.Experiment;
using TorchSharp;
using Xunit;

namespace DetectorDsl.LongTail.Tests;

/// <summary>The whole way with a handful of images; the tests share the pretraining.</summary>
public sealed class TinyRunTests : IClassFixture<TinyRunTests.TinyPretraining>
{
    private static readonly Budget Tiny = new(
        "tiny",
        Epochs: 0.5,
        PretrainingEpochs: 0.5,
        TuningSeed: 9,
        Seeds: [1],
        LearningRates: [1e-3]
    );

    private static readonly TailData Data = TailData.Of(
        TailData.Usual.Tail with
        {
            Name = "tail-tiny",
            TrainImages = 32,
            FrequentCount = 12,
            TailStart = 8,
            ValidationPerClass = 1,
            NaturalImages = 4,
        },
        pretrainingImages: 40
    );

    private readonly TinyPretraining pretraining;

    public TinyRunTests(TinyPretraining pretraining) => this.pretraining = pretraining;

    [Fact]
    public async Task Compare_TrainsMeasuresAndReports()
    {
        Row[] rows = [Rows.Main[0], Rows.Claim.Baseline, Rows.Claim.Method];
        var results = new RunLog(Path.Combine(pretraining.Folder, "runs.jsonl"));
        var comparison = new Comparison(Data, Tiny, results, new Here(pretraining.Folder, results));

        await comparison.RunAsync(rows, [Sampling.Random, Sampling.RepeatFactor], () => { }, CancellationToken.None);

        foreach (var sampling in Enum.GetValues<Sampling>())
        {
            foreach (var row in rows)
            {
                var values = comparison.Values(row, sampling)[1];
                Assert.All(
                    from set in Names.Sets
                    from kind in Names.Kinds
                    from limit in Names.Limits
                    select Names.Of(set, kind, limit, "AP"),
                    name => Assert.InRange(values[name], -1, 1)
                );
            }
        }

        var baseline = comparison.Values(Rows.Baseline, Sampling.Random)[1];
        Assert.Contains(Names.Early + Names.Of(Names.Balanced, Names.Boxes, Names.Usual, "APf"), baseline.Keys);
        Assert.InRange(baseline[$"{Names.Accuracy}.c"], 0, 1);
        Assert.Contains(
            "Seesaw + normalized linear",
            new Report(comparison, Tiny, rows, [Sampling.Random]).ToMarkdown(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ARun_GivesTheSameTwice_EvenThroughItsStop()
    {
        var run = new RowRun(Rows.Baseline, Sampling.Random, 3, 1e-3);
        var runner = new RowRunner(pretraining.Folder, Data, Tiny, new Silent());

        Assert.Equal(runner.Run(run, CancellationToken.None).Values, runner.Run(run, CancellationToken.None).Values);
    }

    [Fact]
    public void RowsOfASeed_SeeTheSameImagesInTheSameOrderWithTheSameAugmentation()
    {
        var batches = Rows
            .Main.Select(row => row.Random())
            .Select(trainer =>
                trainer.OpenBatches(TrainerArguments.Of(trainer), Data.Training(trainer, 1, false, CancellationToken.None), 1)
            )
            .ToList();
        for (var number = 0; number < 6; number++)
        {
            using var first = batches[0].Build(number);
            foreach (var other in batches.Skip(1))
            {
                using var batch = other.Build(number);
                Assert.Equal(first.Shapes.AsEnumerable(), batch.Shapes);
                Assert.True(first.Images.equal(batch.Images).all().item<bool>());
            }
        }
    }

    [Fact]
    public void AllRows_BeginWithTheSamePretraining_AndLastLayersOfTheirOwn()
    {
        string[] own = ["fc_cls", "fc_reg", "loss_cls", "conv_logits"];
        Dictionary<string, byte[]>? first = null;
        foreach (var row in Rows.Main)
        {
            var trainer = row.Random();
            torch.manual_seed(row.Name.Length);
            using var model = trainer.CreateModel();
            var report = Checkpoint.LoadWeights(
                new WeightsSource(PretrainedWeights.FileIn(pretraining.Folder)),
                model,
                trainer.Names,
                expected: null
            );

            Assert.All(report.Missing, name => Assert.Contains(own, part => name.Contains(part, StringComparison.Ordinal)));
            Assert.Empty(report.Resized);
            Assert.Empty(report.Unexpected);
            var shared = model
                .state_dict()
                .Where(item => !own.Any(part => item.Key.Contains(part, StringComparison.Ordinal)))
                .ToDictionary(item => item.Key, item => item.Value.bytes.ToArray());
            first ??= shared;
            Assert.Equal(first.Keys.Order(), shared.Keys.Order());
            Assert.All(shared, item => Assert.Equal(first[item.Key], item.Value));
        }
    }

    [Fact]
    public void BothSamplers_GetAsManySteps()
    {
        foreach (var sampling in Enum.GetValues<Sampling>())
        {
            var counter = new Silent();
            new RowRunner(pretraining.Folder, Data, Tiny, counter).Run(new RowRun(Rows.Main[1], sampling, 1, 1e-3), CancellationToken.None);
            Assert.Equal(2, counter.Steps);
        }
    }

    /// <summary>An experiment's folder with pretrained weights.</summary>
    public sealed class TinyPretraining : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        /// <summary>Trains it.</summary>
        public TinyPretraining() => new PretrainedWeights(Folder, Data, Tiny).Make(new Silent(), CancellationToken.None);

        /// <summary>The folder.</summary>
        public string Folder => folder.Path;

        /// <inheritdoc />
        public void Dispose() => folder.Dispose();
    }

    private sealed class Here(string folder, RunLog results) : IRunExecutor
    {
        public Task PretrainAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task RunAsync(IReadOnlyList<RowRun> runs, CancellationToken cancellation)
        {
            foreach (var run in runs)
            {
                results.Keep(new RowRunner(folder, Data, Tiny, new Silent()).Run(run, cancellation));
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Silent : ITrainingProgress
    {
        public long Steps { get; private set; }

        public void Step(TrainingProgress now) => Steps = now.Of;

        public void Message(string text) { }
    }
}
