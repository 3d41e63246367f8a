using System.Collections.Immutable;
using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training.Optimization;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
/// <remarks>Runs as <c>aten::_fused_adamw_</c>.</remarks>
public sealed class AdamW : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly Dictionary<string, (Tensor Mean, Tensor Square, Tensor Step)> moments = [];

    /// <summary>Moments start at 0.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="beta1">Decay of the mean of gradients.</param>
    /// <param name="beta2">Decay of the mean of squares.</param>
    /// <param name="epsilon">Added to the root.</param>
    public AdamW(ImmutableArray<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(groups)
    {
        (this.beta1, this.beta2, this.epsilon) = (beta1, beta2, epsilon);
        foreach (var (name, parameter) in Parameters)
        {
            moments[name] = (
                zeros_like(parameter).DetachFromDisposeScope(),
                zeros_like(parameter).DetachFromDisposeScope(),
                zeros([], dtype: ScalarType.Float32, device: parameter.device).DetachFromDisposeScope()
            );
        }
    }

    /// <inheritdoc />
    public override void Step(double learningRate, Tensor? foundNonFinite = null)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var group in Groups)
        {
            var members = group.Parameters.Where(item => item.Parameter.grad is not null).ToList();
            if (members.Count == 0)
            {
                continue;
            }

            // The kernel takes the step's number for its bias correction; a skipped step does not count.
            foreach (var (name, _) in members)
            {
                var step = moments[name].Step;
                if (foundNonFinite is null)
                {
                    step.add_(Scalars.Of(1), Scalars.Of(1));
                }
                else
                {
                    step.PlusInPlace(foundNonFinite.squeeze().SubtractedFrom(1));
                }
            }

            new AtenCall()
                .Tensors([.. members.Select(item => (Tensor)item.Parameter)])
                .Tensors([.. members.Select(item => item.Parameter.grad!)])
                .Tensors([.. members.Select(item => moments[item.Name].Mean)])
                .Tensors([.. members.Select(item => moments[item.Name].Square)])
                .Tensors([])
                .Tensors([.. members.Select(item => moments[item.Name].Step)])
                .Real(learningRate * group.RateFactor)
                .Real(beta1)
                .Real(beta2)
                .Real(group.WeightDecay)
                .Real(epsilon)
                .Truth(false)
                .Truth(false)
                .None()
                .Optional(foundNonFinite)
                .Run("aten::_fused_adamw_");
        }
    }

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, Tensor>> State() =>
        moments.SelectMany(pair =>
            new[]
            {
                KeyValuePair.Create($"mean.{pair.Key}", pair.Value.Mean),
                KeyValuePair.Create($"square.{pair.Key}", pair.Value.Square),
                KeyValuePair.Create($"step.{pair.Key}", pair.Value.Step),
            }
        );

    /// <inheritdoc />
    public override void LoadState(Func<string, Tensor?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var untracked = no_grad();
        foreach (var (key, target) in State())
        {
            using var value = read(key);
            TakeOver(key, target, value);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        foreach (var (mean, square, step) in moments.Values)
        {
            mean.Dispose();
            square.Dispose();
            step.Dispose();
        }
    }
}
