using System.Collections.Immutable;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <summary>
/// Losses and finite flags of the latest steps, kept on the device and copied to the host a few at a time, so that a step never waits for
/// its own numbers.
/// </summary>
internal sealed class LossRecord(int terms, Device device) : IDisposable
{
    /// <summary>Steps that can wait; the most by which a failure is noticed late.</summary>
    public const int Capacity = 10;

    private readonly Tensor buffer = zeros([Capacity, terms + 1], dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
    private readonly List<StepNote> notes = [];

    /// <summary>Whether the next step has no room.</summary>
    public bool IsFull => notes.Count == Capacity;

    /// <summary>Adds a step without waiting for the device.</summary>
    /// <param name="note">What the host knows of the step.</param>
    /// <param name="losses">T numbers.</param>
    /// <param name="nonFinite">One number, 1 where the optimizer left the update out; null counts as 0.</param>
    public void Add(StepNote note, Tensor losses, Tensor? nonFinite)
    {
        if (losses.numel() != terms)
        {
            throw new ArgumentException($"{losses.numel()} losses were given for {terms} terms.", nameof(losses));
        }

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var row = buffer[notes.Count];
        row.narrow(0, 0, terms).copy_(losses.detach().reshape(terms));
        var flag = row.narrow(0, terms, 1);
        if (nonFinite is null)
        {
            flag.zero_();
        }
        else
        {
            flag.copy_(nonFinite.detach().reshape(1));
        }

        notes.Add(note);
    }

    /// <summary>Hands over all steps since the last call; one copy from the device, which waits for it.</summary>
    /// <returns>The steps in order.</returns>
    public IReadOnlyList<RecordedStep> Take()
    {
        if (notes.Count == 0)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        var rows = CpuMemory.Contiguous(buffer, ScalarType.Float32);
        var values = CpuMemory.Span<float>(rows);
        var steps = new List<RecordedStep>(notes.Count);
        for (var row = 0; row < notes.Count; row++)
        {
            var line = values.Slice(row * (terms + 1), terms + 1);
            steps.Add(new RecordedStep(notes[row], [.. line[..terms]], line[terms] != 0));
        }

        notes.Clear();
        return steps;
    }

    public void Dispose() => buffer.Dispose();
}

/// <summary>What the host knows of a micro-step.</summary>
/// <param name="Step">Its number.</param>
/// <param name="ImageIds">Its images.</param>
/// <param name="UpdateImageIds">Images of all micro-steps of its update so far.</param>
/// <param name="LearningRate">Its learning rate.</param>
internal sealed record StepNote(long Step, ImmutableArray<long> ImageIds, ImmutableArray<long> UpdateImageIds, double LearningRate);

/// <summary>A micro-step with its numbers.</summary>
/// <param name="Note">What the host knows of it.</param>
/// <param name="Losses">T numbers.</param>
/// <param name="Skipped">Whether the optimizer left the update out.</param>
internal sealed record RecordedStep(StepNote Note, float[] Losses, bool Skipped)
{
    public bool IsFinite => !Skipped && Losses.All(float.IsFinite);
}
