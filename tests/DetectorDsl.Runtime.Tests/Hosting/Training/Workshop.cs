using System.Collections.Immutable;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Sampling;
using DetectorDsl.Native;
using DetectorDsl.Training;
using DetectorDsl.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

/// <summary>Data of a few images, an output folder, and the loop that is generated for a detector.</summary>
public sealed class Workshop : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public Workshop(int images = 7)
    {
        TorchLibrary.EnsureLoaded();
        TinyData.WriteSplit(folder.Path, "train", images);
        Data = DetectionDataset.Open(
            folder.File("train.json"),
            folder.File("train"),
            [.. TinyData.Categories.Select(category => (category.Id, category.Name))],
            forTraining: true
        );
    }

    public static CheckpointIdentity Identity { get; } =
        new("Tiny", """{"Depth":50,"Optimizer":{"Momentum":0.9}}""", "hash-1", [.. TinyData.Categories.Select(category => category.Name)]);

    public DetectionDataset Data { get; }

    public List<string> Messages { get; } = [];

    public List<TrainingProgress> Progress { get; } = [];

    public string File(string name) => folder.File(name);

    public OutputFolder Output(string name = "out") => OutputFolder.Open(folder.File(name));

    public BatchBuilder Batches(bool augmented = true, long seed = 5) =>
        new(
            Data,
            augmented ? [new HorizontalFlip(0.5), new Resize([40, 48], 64)] : [],
            new BatchPixels([120, 110, 100], [60, 50, 40], 16),
            withMasks: true,
            seed,
            pinned: false
        );

    public TrainingRun Run(
        TrainingSettings settings,
        OutputFolder output,
        TinyModule model,
        bool augmented = true,
        CheckpointIdentity? identity = null,
        IImageSampler? sampler = null
    ) =>
        new(
            new TrainingBatches(Batches(augmented), sampler ?? new RandomImageSampler(Data.ClassIndex(), settings.Seed), settings),
            output,
            CPU,
            model.Terms,
            new Listener(this),
            identity ?? Identity
        );

    /// <summary>The loop as the generator writes it.</summary>
    public static void Train(
        TrainingRun run,
        TinyModule model,
        Optimizer optimizer,
        Action? afterIteration = null,
        CancellationToken cancellation = default,
        int accumulation = 1
    )
    {
        ImmutableArray<TorchSharp.Modules.Parameter> parameters = [.. optimizer.Parameters.Select(item => item.Parameter)];
        model.train();
        while (run.Next(cancellation) is { } batch)
        {
            using (batch)
            using (NewDisposeScope())
            {
                var losses = model.Losses(batch, run.Step);
                var total = losses.Aggregate((sum, term) => sum + term);
                (total / accumulation).backward();
                Tensor? nonFinite = null;
                if (run.ClosesUpdate)
                {
                    var norm = Gradients.Norm(parameters);
                    Gradients.Clip(parameters, norm, 10);
                    nonFinite = Gradients.NonFinite(total, norm);
                    optimizer.Step(0.05 / (1 + run.Update), nonFinite);
                    optimizer.ZeroGradients();
                }

                run.Record(stack(losses).detach(), nonFinite, 0.05);
            }

            run.SaveIfDue(model, optimizer);
            afterIteration?.Invoke();
        }

        run.Finish(model, optimizer);
    }

    public static Optimizer Sgd(TinyModule model) => new Sgd(ParameterGroup.Of(model, 1e-4, exemptNormAndBias: false), momentum: 0.9);

    public static Optimizer AdamW(TinyModule model) => new AdamW(ParameterGroup.Of(model, 1e-4, exemptNormAndBias: true));

    /// <summary>Biases learn twice as fast and do not decay.</summary>
    public static Optimizer SgdInGroups(TinyModule model) =>
        new Sgd(
            ParameterGroup.Of(model, 1e-4, exemptNormAndBias: false, new ParameterRules(biases: new ParameterFactors(2, 0))),
            momentum: 0.9
        );

    /// <summary>Every bit of the model and of the optimizer.</summary>
    public static SortedDictionary<string, string> Bits(TinyModule model, Optimizer optimizer)
    {
        var bits = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in model.state_dict().Concat(optimizer.State()))
        {
            bits.Add(name, Convert.ToHexString(value.detach().contiguous().bytes));
        }

        return bits;
    }

    public void Dispose() => folder.Dispose();

    private sealed class Listener(Workshop workshop) : ITrainingProgress
    {
        public void Step(TrainingProgress now) => workshop.Progress.Add(now);

        public void Message(string text) => workshop.Messages.Add(text);
    }
}
