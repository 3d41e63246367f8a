using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using static DetectorDsl.Generators.Planning.Code.TypeNames;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>The expression that splits a model's parameters into the groups of an optimizer.</summary>
internal static class ParameterGroups
{
    private static readonly string[] Kinds = ["Biases", "Norms", "DeformableOffsets"];

    public static string Of(ModuleArguments arguments)
    {
        var rules = Rules(arguments.Component).ToList();
        IEnumerable<string> parts =
        [
            arguments.Given("model"),
            arguments.Value("WeightDecay"),
            $"exemptNormAndBias: {arguments.Value("NoDecayOnNormAndBias")}",
            .. rules.Count == 0 ? Array.Empty<string>() : [ObjectCode.New(Optimization + "ParameterRules", rules).Construction],
        ];
        return $"{Optimization}ParameterGroup.Of({string.Join(", ", parts)})";
    }

    // What leaves everything at 1 is not written.
    private static IEnumerable<string> Rules(ComponentValue optimizer)
    {
        foreach (var kind in Kinds)
        {
            var factors = optimizer.Component(kind);
            if (factors.Real("LearningRate") != 1 || factors.Real("WeightDecay") != 1)
            {
                yield return $"{ModuleArguments.ModuleParameterName(kind)}: {Factors(factors)}";
            }
        }

        var modules = optimizer
            .List("Modules")
            .OfType<ComponentValue>()
            .Select(static item => $"({CSharpLiteral.Of(item.Text("Module"))}, {Factors(item)})")
            .ToList();
        if (modules.Count > 0)
        {
            yield return $"modules: [{string.Join(", ", modules)}]";
        }
    }

    private static string Factors(ComponentValue factors) =>
        ObjectCode
            .New(
                Optimization + "ParameterFactors",
                new[] { "LearningRate", "WeightDecay" }.Select(name => ValueCode.Named(name, factors[name]))
            )
            .Construction;
}
