using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>What the place of a component offers to its module's constructor: the expression of each offer.</summary>
internal sealed class Surroundings
{
    private readonly Dictionary<string, string> expressions = new(StringComparer.Ordinal);

    public static Surroundings None { get; } = new();

    public IEnumerable<string> Names => expressions.Keys;

    public Surroundings With(string name, string expression)
    {
        var offer = Offer.Find(name) ?? throw new InvalidOperationException($"'{name}' is not among the offers.");
        expressions.Add(offer.Name, expression);
        return this;
    }

    public Surroundings With(string name, int number) => With(name, CSharpLiteral.Of(number));

    public bool TryGet(string name, out string expression) => expressions.TryGetValue(name, out expression!);
}
