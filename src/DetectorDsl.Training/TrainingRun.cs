using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Loading;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using DetectorDsl.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <summary>
/// What a training loop needs beside the model: the next batch, the count of steps, the record of losses, the log, checkpoints, and the ways to
/// stop. The loop itself is the caller's.
/// </summary>
/// <remarks>
/// <para>A micro-step handles one batch; <see cref="TrainingSettings.AccumulationSteps" /> of them make one optimizer update. Runs consist of whole
/// updates, and stop and are saved only between two of them.</para>
/// <para>On a device other than the CPU the host waits for it only where sizes depend on data or a person is to be told something:</para>
/// <list type="number">
/// <item>the proposals: scores and offsets of the first stage are copied to the host, once per step, since suppression decides how many remain;</item>
/// <item>the targets of both stages: computed on the host and copied to the device, once each per step, since sampling decides how many there are;</item>
/// <item>the pyramid: regions of the second stage are copied to the host, once per extractor and step, since their sizes decide their levels;</item>
/// <item>the record of losses: one copy every ten steps, when a log line is due, and before a checkpoint;</item>
/// <item>a checkpoint: all weights and the optimizer's state.</item>
/// </list>
/// <para>Images go to the device from pinned memory without waiting; <see cref="GroundTruth" /> stays on the host. Losses, gradients' norm, clipping, the
/// test for finite numbers and the optimizer's step never wait.</para>
/// </remarks>
public sealed partial class TrainingRun : IDisposable
{
    private const int MostLeftOutTold = 20;

    private readonly TrainingSettings settings;
    private readonly TrainingBatches batches;
    private readonly ImageOrder order;
    private readonly OutputFolder output;
    private readonly Device device;
    private readonly IReadOnlyList<string> terms;
    private readonly ITrainingProgress progress;
    private readonly CheckpointIdentity identity;
    private readonly LossRecord record;
    private readonly LossMeter shown;
    private readonly LossMeter logged;
    private TrainingLog? log;
    private PrefetchingLoader<DetectionBatch>? loader;
    private NonFiniteLossException? failure;
    private ImmutableArray<long> imageIds = [];
    private ImmutableArray<long> updateImageIds = [];
    private long started;
    private long firstStep;
    private long recordedStep = -1;

    /// <summary>Prepares a run from the first step; nothing is read before <see cref="Next" />.</summary>
    /// <param name="batches">The batches, and how many of them.</param>
    /// <param name="output">Receives log and checkpoints; stays the caller's.</param>
    /// <param name="device">Device of the model.</param>
    /// <param name="terms">Names of the T loss terms.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="identity">What checkpoints say of the model.</param>
    /// <exception cref="TrainingException">The sampler gives no image.</exception>
    public TrainingRun(
        TrainingBatches batches,
        OutputFolder output,
        Device device,
        IReadOnlyList<string> terms,
        ITrainingProgress progress,
        CheckpointIdentity identity
    )
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(terms);
        (settings, order, this.batches, this.output, this.device, this.terms, this.progress, this.identity) = (
            batches.Settings,
            batches.Order,
            batches,
            output,
            device,
            terms,
            progress,
            identity
        );
        foreach (var line in batches.Sampler.Describe())
        {
            progress.Message(line);
        }

        var updateImages = (double)settings.BatchSize * settings.AccumulationSteps;

        // Without the small share taken off, 0.1 x 3 epochs of 10 images would be a step too long.
        TotalUpdates = Math.Max(1, (long)Math.Ceiling((settings.Epochs * order.Epoch(0).Count / updateImages) - 1e-9));
        record = new LossRecord(terms.Count, device);
        (shown, logged) = (new LossMeter(terms), new LossMeter(terms));
    }

    /// <summary>Tells what of a schedule the run is too short for.</summary>
    /// <param name="schedule">The learning rate's schedule.</param>
    public void Announce(LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        foreach (var line in schedule.Unreached(TotalUpdates))
        {
            progress.Message(line);
        }
    }

    /// <summary>Number of the current micro-step, from 0; -1 before the first.</summary>
    public long Step { get; private set; } = -1;

    /// <summary>Optimizer updates finished before the current micro-step: the number, from 0, of the update that it belongs to.</summary>
    public long Update => Math.Max(0, Step) / settings.AccumulationSteps;

    /// <summary>Micro-steps of the whole run, a multiple of those of an update.</summary>
    public long TotalSteps => TotalUpdates * settings.AccumulationSteps;

    /// <summary>Updates of the whole run: epochs x images of the first epoch / images of an update, rounded up.</summary>
    public long TotalUpdates { get; }

    /// <summary>Passes over the data done once the current micro-step is done.</summary>
    public double Epoch => order.EpochsAfter(Step);

    /// <summary>Whether the current micro-step shows the last image of an epoch.</summary>
    public bool EpochEnded => Step >= 0 && order.EndsEpoch(Step);

    /// <summary>Seed of the current micro-step's random choices, from the run's seed and <see cref="Step" /> alone.</summary>
    public long StepSeed => unchecked((long)RandomSource.For(settings.Seed, Step, 22).NextBits());

    /// <summary>Whether the current micro-step is the last of its update.</summary>
    public bool ClosesUpdate => (Step + 1) % settings.AccumulationSteps == 0;

    /// <summary>Whether the run ended early because that was asked for.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Goes on to the next micro-step. Torch's own generator is seeded by <see cref="StepSeed" />.</summary>
    /// <param name="cancellation">Asks for a stop; an update that has begun is finished first.</param>
    /// <returns>The batch with its images on the device, the caller's to dispose; null at the end, or after a stop was asked for.</returns>
    /// <exception cref="NonFiniteLossException">The run has already failed.</exception>
    /// <exception cref="TrainingException">More than a tenth of the images, and more than ten, cannot be read.</exception>
    public DetectionBatch? Next(CancellationToken cancellation)
    {
        ThrowIfFailed();
        TellOfLeftOutImages();
        if (ClosesUpdate && cancellation.IsCancellationRequested)
        {
            Stopped = Step + 1 < TotalSteps;
            return null;
        }

        if (Stopped || Step + 1 >= TotalSteps)
        {
            return null;
        }

        var batch = (loader ??= Start()).Next()!;
        updateImageIds = ClosesUpdate ? [] : updateImageIds;
        Step++;
        imageIds = [.. batch.Shapes.Select(shape => shape.ImageId)];
        updateImageIds = [.. updateImageIds, .. imageIds];
        using var generator = manual_seed(StepSeed);
        return batch.To(device);
    }

    /// <summary>Records the current micro-step. Its numbers stay on the device until the next check, at most ten steps later.</summary>
    /// <param name="losses">T numbers, the weighted terms; not kept.</param>
    /// <param name="nonFinite">One number, 1 where loss or gradient are not finite and the update was left out; null inside an update. Not kept.</param>
    /// <param name="learningRate">Learning rate of the step.</param>
    /// <exception cref="NonFiniteLossException">This step or one of the last ten was not finite; the message names term, value, step and images.</exception>
    public void Record(Tensor losses, Tensor? nonFinite, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ThrowIfFailed();
        record.Add(new StepNote(Step, imageIds, updateImageIds, learningRate), losses, nonFinite);
        recordedStep = Step;
        if (record.IsFull || IsLogDue(Step))
        {
            Check();
        }
    }

    /// <summary>Stops the preparation of batches and closes the log. A run that an error ends is saved first, as far as its steps were good.</summary>
    public void Dispose()
    {
        SaveWhatIsGood();
        loader?.Dispose();
        record.Dispose();
        log?.Dispose();
    }

    private void TellOfLeftOutImages()
    {
        var images = batches.Builder.Images;
        foreach (var image in images.TakeNews())
        {
            LogLeftOut(image);
            if (image.Count <= MostLeftOutTold)
            {
                var more = image.Count == MostLeftOutTold ? " Further ones are in the log alone." : "";
                progress.Message(
                    $"Left out, and another image in its place: {image.Reason} {image.Count} of {batches.Builder.Data.Images.Length} images so far.{more}"
                );
            }
        }

        if (ClosesUpdate && images.AreTooManyLeftOut)
        {
            throw new TrainingException(
                $"{images.LeftOutCount} of {batches.Builder.Data.Images.Length} training images cannot be read; {output.Log} lists them. The run ends after {Step + 1} steps: go on with --resume once they can be read."
            );
        }
    }

    private bool IsLogDue(long step) => (step + 1) % settings.LogEvery == 0 || step + 1 == TotalSteps;

    private PrefetchingLoader<DetectionBatch> Start()
    {
        Begin();
        var counts = SampledCounts.Of(batches.Sampler, batches.Builder.Data);
        progress.Message(counts.Describe(batches.Builder.Data.Summary));
        try
        {
            output.Write(SamplingFile.Name, stream => SamplingFile.Write(stream, batches.Builder.Data, counts));
        }
        catch (IOException exception)
        {
            throw new TrainingException(exception.Message);
        }

        started = Stopwatch.GetTimestamp();
        shown.Restart();
        logged.Restart();
        if (savedSteps == 0 && File.Exists(output.LastCheckpoint))
        {
            progress.Message(
                $"{output.LastCheckpoint} is of an earlier run and will be replaced; to go on from it, stop and start with --resume."
            );
        }

        return new PrefetchingLoader<DetectionBatch>(
            (number, _) => number < TotalSteps ? batches.Build(number) : null,
            settings.LoaderThreads,
            settings.LoaderThreads + 1,
            firstStep,
            CancellationToken.None
        );
    }

    // Every way on passes here: what the device has recorded is looked at before anything is told or saved.
    private void Check()
    {
        ThrowIfFailed();
        var steps = record.Take();
        foreach (var step in steps)
        {
            if (!step.IsFinite)
            {
                Fail(NonFinite.Describe(step, terms, LastGood));
            }

            shown.Add(step);
            logged.Add(step);
        }

        if (steps.Count > 0)
        {
            Report(steps[^1].Note);
        }
    }

    private void Report(StepNote last)
    {
        var isLogged = IsLogDue(last.Step);
        var done = last.Step + 1;
        var (losses, total, pace) = shown.Take();
        if (isLogged)
        {
            (losses, total, pace) = logged.Take();
        }

        var perStep = Stopwatch.GetElapsedTime(started) / Math.Max(1, done - firstStep);
        var now = new TrainingProgress(
            done,
            TotalSteps,
            order.EpochsAfter(last.Step),
            losses,
            total,
            last.LearningRate,
            pace,
            perStep * (TotalSteps - done)
        )
        {
            IsLogged = isLogged,
        };
        progress.Step(now);
        if (isLogged)
        {
            LogStep(now);
        }
    }

    [DoesNotReturn]
    private void Fail(NonFiniteLossException reason)
    {
        failure = reason;
        LogStop(reason.Message);
        throw reason;
    }

    private void ThrowIfFailed()
    {
        if (failure is not null)
        {
            throw failure;
        }
    }
}
