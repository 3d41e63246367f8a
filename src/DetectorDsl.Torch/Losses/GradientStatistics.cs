using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>
/// Magnitudes of the gradients that have arrived at each class's logit over a whole training, from regions of the class and from all others (Wang et al. 2021,
/// figure 3 and appendix B).
/// </summary>
/// <remarks>
/// With G = dL/dz, R x K, of a step: positive_c += sum of |G_rc| over regions of class c; negative_c += sum of |G_rc| over the others, those of other classes
/// and those of background apart. Whatever the loss weighs and divides by is within. Sums are in double precision.
/// </remarks>
public sealed class GradientStatistics : IDisposable
{
    private readonly int classes;
    private Tensor sums;

    /// <summary>Begins at 0.</summary>
    /// <param name="classes">C.</param>
    public GradientStatistics(int classes)
    {
        this.classes = classes;
        sums = NewSums(classes).DetachFromDisposeScope();
    }

    /// <summary>3 x C sums: from regions of the class, from regions of other classes, from background.</summary>
    public Tensor Sums => sums;

    /// <summary>Lets every classification loss of a model keep such sums from now on, or none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isWanted">Whether sums are kept.</param>
    public static void Watch(nn.Module model, bool isWanted)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (_, loss) in Losses(model))
        {
            loss.Statistics?.Dispose();
            loss.Statistics = isWanted ? new GradientStatistics(loss.Classes) : null;
        }
    }

    /// <summary>The sums of a model, by the names of its classification losses.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The losses that keep sums, in the model's order.</returns>
    public static IEnumerable<(string Name, GradientStatistics Statistics)> Of(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Losses(model).Where(item => item.Loss.Statistics is not null).Select(item => (item.Name, item.Loss.Statistics!));
    }

    /// <summary>Sets the sums.</summary>
    /// <param name="values">3 x C.</param>
    /// <exception cref="ArgumentException">They are of another shape.</exception>
    public void Take(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!values.shape.SequenceEqual(sums.shape))
        {
            throw new ArgumentException(
                $"The sums are [{string.Join(", ", values.shape)}], and [{string.Join(", ", sums.shape)}] are wanted.",
                nameof(values)
            );
        }

        using var untracked = no_grad();
        sums.copy_(values);
    }

    /// <summary>Adds a step's gradient.</summary>
    /// <param name="gradient">R x K.</param>
    /// <param name="labels">R labels, 0 to C - 1 or C for background.</param>
    /// <param name="columns">Column of each class, C numbers; null for the first C.</param>
    /// <param name="processes">Adds up over processes; null where each counts for itself.</param>
    public void Add(Tensor gradient, Tensor labels, long[]? columns, IProcessSum? processes)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        if (sums.device.ToString() != gradient.device.ToString())
        {
            var here = sums.to(gradient.device, copy: true).DetachFromDisposeScope();
            sums.Dispose();
            sums = here;
        }

        var step = GradientSums.Of(gradient, labels, columns, classes);
        processes?.Sum(step);
        sums.PlusInPlace(step);
    }

    /// <summary>Frees the sums.</summary>
    public void Dispose() => sums.Dispose();

    private static Tensor NewSums(int classes) => zeros([3, classes], dtype: ScalarType.Float64);

    private static IEnumerable<(string Name, ClassificationLoss Loss)> Losses(nn.Module model)
    {
        foreach (var (name, module) in model.named_modules())
        {
            if (module is ClassificationLoss loss)
            {
                yield return (name, loss);
            }
        }
    }
}
