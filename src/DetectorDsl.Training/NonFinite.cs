using System.Globalization;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <summary>Says what is not finite, and where it came from.</summary>
internal static class NonFinite
{
    private const int MostImages = 16;

    /// <summary>The failure of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="terms">Names of the loss terms.</param>
    /// <param name="lastGood">A sentence about the last good checkpoint.</param>
    /// <returns>The failure.</returns>
    public static NonFiniteLossException Describe(RecordedStep step, IReadOnlyList<string> terms, string lastGood)
    {
        var bad = Enumerable
            .Range(0, terms.Count)
            .Where(term => !float.IsFinite(step.Losses[term]))
            .Select(term => string.Create(CultureInfo.InvariantCulture, $"{terms[term]} is {step.Losses[term]}"))
            .ToList();
        var (what, images) =
            bad.Count > 0 ? (string.Join(", ", bad), step.Note.ImageIds) : ("the gradient is not finite", step.Note.UpdateImageIds);
        var ids =
            string.Join(", ", images.Take(MostImages)) + (images.Length > MostImages ? $" and {images.Length - MostImages} more" : "");
        return new NonFiniteLossException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Step {step.Note.Step}: {what}; image ids {ids}; learning rate {step.Note.LearningRate}. Training has stopped. {lastGood} Lower the learning rate, bound the gradient's norm, or look at these images' objects."
            )
        );
    }

    /// <summary>The name of a parameter that is not finite; the device is waited for once.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The name; null where all are finite.</returns>
    public static string? Parameter(nn.Module model)
    {
        using var scope = NewDisposeScope();
        return FiniteValues.FirstWithout(model.named_parameters().Select(item => KeyValuePair.Create(item.name, (Tensor)item.parameter)));
    }
}
