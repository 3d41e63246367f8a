using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Resolving;

/// <summary>The slots of one chain of declarations, each evaluated once per declaration that states it.</summary>
internal sealed class SlotScopes(List<DetectorDefinition> chain, Evaluator evaluator)
{
    private readonly List<DetectorDefinition> chain = chain;
    private readonly Dictionary<(string Slot, int Owner), Value?> values = [];
    private readonly List<(string Slot, int Owner, Origin Reference)> open = [];

    /// <summary>A slot as the most-derived record answers it.</summary>
    public Value? Resolve(string slot) => Resolve(slot, from: 0, Origin.OfMember(chain[0].FullName, slot));

    /// <summary>Whether no declaration gives the slot a value.</summary>
    public bool IsAbstract(string slot) =>
        chain.All(definition => definition.Slots.FirstOrDefault(candidate => candidate.Name == slot)?.Value is null);

    private Value? Resolve(string slot, int from, Origin reference)
    {
        for (var owner = from; owner < chain.Count; owner++)
        {
            var definition = chain[owner].Slots.FirstOrDefault(candidate => candidate.Name == slot);
            if (definition is not null)
            {
                return definition.Value is { } expression ? Evaluate(slot, owner, expression, reference) : null;
            }
        }

        return null;
    }

    private Value? Evaluate(string slot, int owner, Expression expression, Origin reference)
    {
        if (values.TryGetValue((slot, owner), out var known))
        {
            return known;
        }
        var start = open.FindIndex(item => item.Slot == slot && item.Owner == owner);
        if (start >= 0)
        {
            ReportCircle(start, slot, reference);
            return null;
        }

        open.Add((slot, owner, reference));
        var value = evaluator.Evaluate(expression, new SlotScope(this, owner));
        open.RemoveAt(open.Count - 1);
        if (value is NullValue && !IsNullable(slot))
        {
            evaluator.Report(Problems.PartMissing(value.Origin, $"{chain[owner].Name}.{slot}", chain[0].Name));
            value = null;
        }

        return values[(slot, owner)] = value;
    }

    /// <summary>The circle is shown at the reference that the most-derived record itself makes, where it makes one.</summary>
    private void ReportCircle(int start, string slot, Origin closing)
    {
        var circle = open.Skip(start).ToList();
        var path = string.Join(" -> ", circle.Select(item => item.Slot).Append(slot));
        var place = circle.Skip(1).Select(item => item.Reference).Append(closing).OrderBy(Depth).First();
        evaluator.Report(Problems.SlotRefersToItself(place, $"{chain[0].Name}.{slot}", path));
    }

    private int Depth(Origin origin)
    {
        var index = chain.FindIndex(definition => definition.FullName == origin.TypeName);
        return index < 0 ? int.MaxValue : index;
    }

    /// <summary>As the declaration says that brought the slot in: an override in a file without nullable annotations says nothing.</summary>
    private bool IsNullable(string slot) =>
        Enumerable.Reverse(chain).SelectMany(definition => definition.Slots).First(candidate => candidate.Name == slot).Type.IsNullable;

    /// <summary>References as the declaration at a depth of the chain means them.</summary>
    private sealed class SlotScope(SlotScopes slots, int owner) : Scope
    {
        public override Value? Slot(SlotExpression reference)
        {
            // A slot that cannot be overridden is the declaring type's, even if a derived one has a private one of the same name.
            var from =
                reference.DeclaringType.Length == 0
                    ? 0
                    : slots.chain.FindIndex(definition => definition.FullName == reference.DeclaringType);
            return slots.Resolve(reference.Slot, Math.Max(from, 0), reference.Origin);
        }

        public override Value? BaseSlot(BaseSlotExpression reference) => slots.Resolve(reference.Slot, owner + 1, reference.Origin);
    }
}
