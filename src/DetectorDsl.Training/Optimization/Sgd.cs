using System.Collections.Immutable;
using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training.Optimization;

/// <summary>Stochastic gradient descent with momentum: g += decay w; v = momentum v + g; w -= rate v (Nesterov: g + momentum v).</summary>
/// <remarks>Runs as <c>aten::_fused_sgd_</c>.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly double momentum;
    private readonly bool nesterov;
    private readonly Dictionary<string, Tensor> velocities = [];

    /// <summary>Velocities start at 0.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="momentum">Momentum: share of the previous update that is kept, 0 to 1.</param>
    /// <param name="nesterov">Whether to use Nesterov's form.</param>
    public Sgd(ImmutableArray<ParameterGroup> groups, double momentum, bool nesterov = false)
        : base(groups)
    {
        (this.momentum, this.nesterov) = (momentum, nesterov);
        foreach (var (name, parameter) in Parameters)
        {
            // The kernel takes no velocities where there is no momentum.
            if (momentum != 0)
            {
                velocities[name] = zeros_like(parameter).DetachFromDisposeScope();
            }
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

            // Velocities of zero make the first step plain: momentum 0 + g.
            new AtenCall()
                .Tensors([.. members.Select(item => (Tensor)item.Parameter)])
                .Tensors([.. members.Select(item => item.Parameter.grad!)])
                .Tensors([.. members.Where(item => velocities.ContainsKey(item.Name)).Select(item => velocities[item.Name])])
                .Real(group.WeightDecay)
                .Real(momentum)
                .Real(learningRate * group.RateFactor)
                .Real(0)
                .Truth(nesterov)
                .Truth(false)
                .Truth(false)
                .None()
                .Optional(foundNonFinite)
                .Run("aten::_fused_sgd_");
        }
    }

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, Tensor>> State() =>
        velocities.Select(pair => KeyValuePair.Create($"velocity.{pair.Key}", pair.Value));

    /// <inheritdoc />
    public override void LoadState(Func<string, Tensor?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var untracked = no_grad();
        foreach (var (name, velocity) in velocities)
        {
            using var value = read($"velocity.{name}");
            TakeOver($"velocity.{name}", velocity, value);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        foreach (var velocity in velocities.Values)
        {
            velocity.Dispose();
        }
    }
}
