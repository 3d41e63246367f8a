using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>A tensor of the state dict: its name below the module that holds it, its shape, whether it is learnt or a buffer, and its type as torch's files call it.</summary>
internal sealed record StateTensor(string Name, EquatableArray<long> Shape, bool IsLearnt = true, string Type = "float32")
{
    public long Count => Shape.Aggregate(1L, static (product, side) => product * side);

    /// <summary>A number for each class or the like, kept in double precision, that training updates and no gradient reaches.</summary>
    public static StateTensor Counts(string name, long length) => new(name, [length], IsLearnt: false, "float64");

    /// <summary>The same tensor, named from one module further up; none is in between where the name is empty.</summary>
    public StateTensor Under(string module) => module.Length == 0 ? this : this with { Name = $"{module}.{Name}" };
}
