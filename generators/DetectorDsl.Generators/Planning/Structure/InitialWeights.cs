using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>How the weights of a layer begin: a distribution of the runtime's <c>Initialize</c>.</summary>
/// <param name="Name">The start of the methods' names.</param>
/// <param name="BiasByDefault">Whether its convolutions have a bias unless they are told.</param>
internal sealed record InitialWeights(string Name, bool BiasByDefault)
{
    /// <summary>He's normal distribution over the outgoing connections; bias 0.</summary>
    public static InitialWeights Kaiming { get; } = new("Kaiming", BiasByDefault: false);

    /// <summary>Glorot's uniform distribution; bias 0.</summary>
    public static InitialWeights Xavier { get; } = new("Xavier", BiasByDefault: true);

    /// <summary>N(0, std); the bias is such that a sigmoid begins at the prior, or 0.</summary>
    public static InitialWeights Normal(double std, double? prior = null) =>
        new("Normal", BiasByDefault: true) { Std = std, Prior = prior };

    /// <summary>The standard deviation; null where it follows from the connections.</summary>
    public double? Std { get; private init; }

    /// <summary>The score that sigmoids of the outputs begin at; null for bias 0.</summary>
    public double? Prior { get; private init; }

    public IEnumerable<string> StdArgument => Std is { } std ? [$"std: {CSharpLiteral.Of(std)}"] : [];

    public IEnumerable<string> PriorArgument => Prior is { } prior ? [$"prior: {CSharpLiteral.Of(prior)}"] : [];
}
