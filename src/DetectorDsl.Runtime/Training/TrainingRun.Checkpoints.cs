using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using DetectorDsl.Runtime.Training.Optimization;
using DetectorDsl.Runtime.Weights;
using DetectorDsl.Runtime.Weights.Naming;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Training;

/// <content>Saving, ending and going on.</content>
public sealed partial class TrainingRun
{
    private long savedSteps;
    private bool finished;

    private string LastGood => savedSteps > 0
        ? $"The last good checkpoint, {output.LastCheckpoint}, is of {savedSteps} steps."
        : "This run had written no checkpoint yet.";

    /// <summary>Writes the last checkpoint where a multiple of <see cref="TrainingSettings.CheckpointEvery" /> epochs has been passed since the
    /// one before and an update has just been finished.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="NonFiniteLossException">A step since the last check, or a weight, is not finite; nothing is written.</exception>
    /// <exception cref="TrainingException">The disk is full or the folder cannot be written; the checkpoint before stays as it was.</exception>
    public void SaveIfDue(nn.Module model, Optimizer optimizer)
    {
        if (settings.CheckpointEvery > 0 && ClosesUpdate && Portion(Step) > Portion(savedSteps - 1))
        {
            Save(model, optimizer);
        }
    }

    /// <summary>Ends the run, complete or stopped: checks the last steps, writes the last checkpoint where anything is new, closes the record.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="NonFiniteLossException">A step since the last check, or a weight, is not finite; nothing is written.</exception>
    /// <exception cref="TrainingException">The disk is full or the folder cannot be written; the checkpoint before stays as it was.</exception>
    public void Finish(nn.Module model, Optimizer optimizer)
    {
        ThrowIfFailed();
        if (finished)
        {
            return;
        }

        Check();
        if (Step + 1 > savedSteps)
        {
            Save(model, optimizer);
        }

        LogStop(Stopped ? "stopped on request" : "complete");
        finished = true;
    }

    /// <summary>Takes up a run from the output folder's last checkpoint: weights, optimizer and position. On the CPU training goes on with the same
    /// bits as without the interruption. To be called before <see cref="Next" />.</summary>
    /// <param name="model">The model, on its device.</param>
    /// <param name="optimizer">The optimizer over its parameters.</param>
    /// <exception cref="TrainingException">There is no checkpoint, or it is of another configuration, seed, length, batch size or data; the message
    /// says what differs.</exception>
    /// <exception cref="WeightsException">The checkpoint is damaged or its tensors are not the model's.</exception>
    public void Resume(nn.Module model, Optimizer optimizer)
    {
        if (loader is not null)
        {
            throw new InvalidOperationException("A run that has begun cannot be resumed.");
        }

        var path = output.LastCheckpoint;
        if (!File.Exists(path))
        {
            throw new TrainingException($"{path}: there is no checkpoint to resume from. Leave out --resume to begin anew, or name the folder with --output.");
        }

        using var file = WeightsFile.Open(path);
        var source = new WeightsSource(path) { Opened = file };
        var info = Checkpoint.ReadInfo(source);
        var saved = info.Position ?? throw new TrainingException($"{path}: holds weights but no position in a run. Begin anew from them with --weights.");
        RefuseOther(path, info.Identity, saved);
        Checkpoint.LoadWeights(source, model, ModelNames.None, identity);
        Checkpoint.LoadOptimizer(source, optimizer);
        Checkpoint.LoadStatistics(source, model);
        Step = saved.Step - 1;
        savedSteps = saved.Step;
        progress.Message(string.Create(CultureInfo.InvariantCulture, $"Resumed from {path} after {saved.Step} of {TotalSteps} steps ({saved.Epoch:0.##} epochs)."));
    }

    private double Portion(long step) => Math.Floor((order.EpochsAfter(step) / settings.CheckpointEvery) + 1e-9);

    private void Save(nn.Module model, Optimizer optimizer)
    {
        Check();
        if (NonFinite.Parameter(model) is { } name)
        {
            Fail(new NonFiniteLossException($"After step {Step} the weight '{name}' is not finite. Training has stopped. {LastGood} Lower the learning rate or bound the gradient's norm."));
        }

        try
        {
            Checkpoint.Save(output.LastCheckpoint, model, optimizer, identity, Position());
        }
        catch (IOException exception)
        {
            throw new TrainingException(exception.Message);
        }

        savedSteps = Step + 1;
        LogCheckpoint();
        progress.Message($"Checkpoint after {savedSteps} steps: {output.LastCheckpoint}");
    }

    private CheckpointPosition Position() =>
        new(Step + 1, Epoch, settings.Seed, settings.Epochs, settings.BatchSize, settings.AccumulationSteps, DataHash());

    private string DataHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[8];
        foreach (var image in order.Epoch(0))
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, batches.Builder.Data.Images[image].Id);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void RefuseOther(string path, CheckpointIdentity saved, CheckpointPosition position)
    {
        var differences = new List<string>();
        if (saved.Detector != identity.Detector)
        {
            differences.Add($"the detector: {saved.Detector} in the checkpoint, {identity.Detector} now");
        }

        if (saved.ConfigurationHash != identity.ConfigurationHash)
        {
            var configuration = ConfigurationDifference.Of(saved.Configuration, identity.Configuration);
            if (configuration.IsAny)
            {
                differences.Add(configuration.Differing);
            }

            Tell(configuration.OneSided);
        }

        Compare("--seed", Text(position.Seed), Text(settings.Seed));
        Compare("--epochs", Text(position.Epochs), Text(settings.Epochs));
        Compare("--batch-size", Text(position.BatchSize), Text(settings.BatchSize));
        Compare("--accumulation-steps", Text(position.AccumulationSteps), Text(settings.AccumulationSteps));
        foreach (var (key, value) in saved.Options.Where(option => identity.Options.ContainsKey(option.Key)))
        {
            Compare(key, value, identity.Options[key]);
        }

        Tell(string.Join("; ", saved.Options.Keys.Except(identity.Options.Keys).Select(key => $"{key}: {saved.Options[key]} in the checkpoint, unknown now")
            .Concat(identity.Options.Keys.Except(saved.Options.Keys).Select(key => $"{key}: unknown to the checkpoint, {identity.Options[key]} now"))));
        Require(position.Step <= TotalSteps, $"the step: {position.Step} in the checkpoint, and the run has {TotalSteps}");

        Require(position.Data == DataHash(), "the data: the first epoch shows other images, or the same in another order");

        if (differences.Count > 0)
        {
            throw new TrainingException($"{path}: cannot go on from this checkpoint, since the run is another one. What differs: {string.Join("; ", differences)}. Restore these, or begin anew in another --output with --weights {path}.");
        }

        static string Text(IConvertible value) => value.ToString(CultureInfo.InvariantCulture);

        void Require(bool holds, string difference)
        {
            if (!holds)
            {
                differences.Add(difference);
            }
        }

        // Another version has written the checkpoint.
        void Tell(string? oneSided)
        {
            if (!string.IsNullOrEmpty(oneSided))
            {
                progress.Message($"Not compared with the checkpoint, since one side alone knows it: {oneSided}.");
            }
        }

        void Compare(string name, string before, string now)
        {
            var difference = $"{name}: {before} in the checkpoint, {now} now";
            if (before != now && !differences.Contains(difference))
            {
                differences.Add(difference);
            }
        }
    }
}
