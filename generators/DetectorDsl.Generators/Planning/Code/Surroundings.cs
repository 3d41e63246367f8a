using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>What the place of a component offers to its module's constructor: parameter name, C# type, and expression.</summary>
internal sealed class Surroundings
{
    private readonly Dictionary<string, (string Type, string Expression)> offers = new(StringComparer.Ordinal);

    public static Surroundings None { get; } = new();

    public IEnumerable<string> Names => offers.Keys;

    public Surroundings With(string name, string type, string expression)
    {
        offers.Add(name, (type, expression));
        return this;
    }

    public Surroundings With(string name, int number) => With(name, "int", CSharpLiteral.Of(number));

    public bool TryGet(string name, out (string Type, string Expression) offer) => offers.TryGetValue(name, out offer);
}
