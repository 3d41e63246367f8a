using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Resolving;

/// <summary>What the references within an expression mean. Each answer is null where the value failed, which has been said.</summary>
internal abstract class Scope
{
    public virtual Value? Parameter(ParameterExpression reference) => null;

    public virtual Value? Slot(SlotExpression reference) => null;

    public virtual Value? BaseSlot(BaseSlotExpression reference) => null;
}

/// <summary>Within a component: its parameters.</summary>
internal sealed class ParameterScope(IReadOnlyDictionary<string, Value> arguments) : Scope
{
    public static ParameterScope None { get; } = new(new Dictionary<string, Value>());

    public override Value? Parameter(ParameterExpression reference) => arguments.TryGetValue(reference.Name, out var value) ? value : null;
}
