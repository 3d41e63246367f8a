using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using DetectorDsl.Torch.Convolutions;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <content>Saving, ending and going on.</content>
public sealed partial class TrainingRun
{
    private long savedSteps;
    private (nn.Module Model, Optimizer Optimizer)? trained;
    private bool keepsPrevious = true;
    private bool hasFailedToSave;
    private TrainingDataRecord? dataRecord;
    private bool finished;

    private TrainingDataRecord DataRecord => dataRecord ??= TrainingDataRecord.Of(batches.Builder.Images);

    private string LastGood =>
        savedSteps > 0
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
        trained = (model, optimizer);
        if (ClosesUpdate && IsCheckpointDue(Step))
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
        Begin();
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

        var (source, info) = OpenSoundCheckpoint();
        using var file = source.Opened;
        var path = source.Path;
        var saved = info.Position
            ?? throw new TrainingException($"{path}: holds weights but no position in a run. Begin anew from them with --weights.");
        RefuseOther(path, info.Identity, saved);
        ConvolveAsIn(path, saved);
        Checkpoint.LoadWeights(source, model, ModelNames.None, identity);
        Checkpoint.LoadOptimizer(source, optimizer);
        Checkpoint.LoadStatistics(source, model);
        Step = saved.Step - 1;
        (savedSteps, recordedStep) = (saved.Step, Step);
        logged.GoOnFrom(saved.Logged ?? "");
        progress.Message(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Resumed from {path} after {saved.Step} of {TotalSteps} steps ({saved.Epoch:0.##} epochs)."
            )
        );
    }

    // The last, or where that is damaged the one before.
    private (WeightsSource Source, CheckpointInfo Info) OpenSoundCheckpoint()
    {
        var damages = new List<string>();
        foreach (var path in new[] { output.LastCheckpoint, output.PreviousCheckpoint }.Where(File.Exists))
        {
            WeightsFile? file = null;
            try
            {
                file = WeightsFile.Open(path);
                var source = new WeightsSource(path) { Opened = file };
                var info = Checkpoint.ReadInfo(source);
                foreach (var damage in damages)
                {
                    progress.Message($"{damage} The checkpoint before it is taken.");
                }

                // A damaged checkpoint must not drive out the one before it.
                keepsPrevious = damages.Count == 0;
                return (source, info);
            }
            catch (WeightsException exception)
            {
                file?.Dispose();
                damages.Add(exception.Message);
            }
        }

        throw damages.Count > 0
            ? new WeightsException(string.Join(" ", damages))
            : new TrainingException(
                $"{output.LastCheckpoint}: there is no checkpoint to resume from. Leave out --resume to begin anew, or name the folder with --output."
            );
    }

    // A multiple of the distance between two checkpoints is passed by the update that ends with the step; the same for every process of a run.
    private bool IsCheckpointDue(long step) => settings.CheckpointEvery > 0 && Portion(step) > Portion(step - settings.AccumulationSteps);

    // Other forms give other bits. A machine that needs a more cautious one than the run had gets it all the same.
    private void ConvolveAsIn(string path, CheckpointPosition saved)
    {
        var form = ConvolutionForm.Find(saved.Convolutions)
            ?? throw new TrainingException(
                $"{path}: its convolutions were computed as '{saved.Convolutions}', which this version does not know. Go on with the version that wrote it."
            );
        ConvolutionForm.Enter(form);
        if (ConvolutionForm.Current != form)
        {
            progress.Message(
                $"The run so far computed its convolutions as '{form.Name}'; from here on as '{ConvolutionForm.Current.Name}', so that its bits are others than on the machine where it began."
            );
        }
    }

    private double Portion(long step) => Math.Floor((order.EpochsAfter(step) / settings.CheckpointEvery) + 1e-9);

    private void SaveWhatIsGood()
    {
        // A step that was not finished has changed no weight; an update that was not finished cannot be gone on with.
        Step = recordedStep;
        if (
            finished
            || hasFailedToSave
            || failure is not null
            || Step + 1 == savedSteps
            || !ClosesUpdate
            || trained is not var (model, optimizer)
        )
        {
            return;
        }

        try
        {
            Save(model, optimizer);
            LogStop("ended by an error");
        }
#pragma warning disable CA1031 // What ended the run is what the caller must learn.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            progress.Message($"The steps since the last checkpoint could not be saved: {exception.Message}");
        }
    }

    private void Save(nn.Module model, Optimizer optimizer)
    {
        Check();
        if (NonFinite.Parameter(model) is { } name)
        {
            Fail(
                new NonFiniteLossException(
                    $"After step {Step} the weight '{name}' is not finite. Training has stopped. {LastGood} Lower the learning rate or bound the gradient's norm."
                )
            );
        }

        try
        {
            SaveContents();
            Checkpoint.Save(output.LastCheckpoint, model, optimizer, identity, Position(), (_, write) =>
                output.WriteCheckpoint(write, keepsPrevious)
            );
            keepsPrevious = true;
        }
        catch (IOException exception)
        {
            hasFailedToSave = true;
            throw new TrainingException(exception.Message);
        }

        savedSteps = Step + 1;
        LogCheckpoint();
        progress.Message($"Checkpoint after {savedSteps} steps: {output.LastCheckpoint}");
    }

    private CheckpointPosition Position() =>
        new(Step + 1, Epoch, settings.Seed, settings.Epochs, settings.BatchSize, settings.AccumulationSteps, DataHash())
        {
            Annotations = DataRecord.Annotations.Whole,
            Logged = logged.State,
            Convolutions = ConvolutionForm.Current.Name,
        };

    // Which files have been read, so that a change of their time alone can be told from one of their content.
    private void SaveContents()
    {
        var known = DataRecord.WithContents(batches.Builder.Images);
        if (!known.Files.AsSpan().SequenceEqual(DataRecord.Files.AsSpan()))
        {
            dataRecord = known;
            known.Write(output);
        }
    }

    private IEnumerable<string> DataChanges(string annotations)
    {
        if (TrainingDataRecord.TryRead(output.File(TrainingDataRecord.Name), annotations) is not { } before)
        {
            return annotations == DataRecord.Annotations.Whole ? [] : ["the annotations are others than those that the run was begun with"];
        }

        var changes = before.ChangesTo(DataRecord, batches.Builder.Data.PathOf);
        if (changes.Count == 0)
        {
            for (var index = 0; index < before.Files.Length; index++)
            {
                batches.Builder.Images.Know(index, before.Files[index].Content);
            }

            dataRecord = DataRecord.WithContents(batches.Builder.Images);
        }

        return changes;
    }

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

        Tell(
            string.Join(
                "; ",
                saved
                    .Options.Keys.Except(identity.Options.Keys)
                    .Select(key => $"{key}: {saved.Options[key]} in the checkpoint, unknown now")
                    .Concat(
                        identity
                            .Options.Keys.Except(saved.Options.Keys)
                            .Select(key => $"{key}: unknown to the checkpoint, {identity.Options[key]} now")
                    )
            )
        );
        Require(position.Step <= TotalSteps, $"the step: {position.Step} in the checkpoint, and the run has {TotalSteps}");

        Require(position.Data == DataHash(), "the data: the first epoch shows other images, or the same in another order");

        if (position.Annotations is { } annotations)
        {
            differences.AddRange(DataChanges(annotations).Select(change => $"the data: {change}"));
        }

        if (differences.Count > 0)
        {
            throw new TrainingException(
                $"{path}: cannot go on from this checkpoint, since the run is another one. What differs: {string.Join("; ", differences)}. Restore these, or begin anew in another --output with --weights {path}."
            );
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
