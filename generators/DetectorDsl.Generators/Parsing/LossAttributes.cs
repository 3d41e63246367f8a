using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads what attributes state of a loss: terms, logits, needs.</summary>
internal static class LossAttributes
{
    /// <summary>Names of the terms; those that cannot be names in generated code are reported.</summary>
    public static EquatableArray<string> Terms(FoldContext context)
    {
        if (
            context.Type.Attribute(WellKnownNames.LossTermsAttribute)?.ConstructorArguments
            is not [{ Kind: TypedConstantKind.Array, IsNull: false } stated]
        )
        {
            return [];
        }
        var terms = stated.Values.Select(static term => term.Value as string ?? "").ToEquatableArray();
        foreach (var term in terms)
        {
            if (!LossTerm.IsKey(term))
            {
                Refuse(context, "LossTerms", $"its term '{term}' is not the name of a variable in C# that begins with {LossTerm.Prefix}");
            }
        }

        if (terms.GroupBy(static term => term, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            Refuse(context, "LossTerms", $"it names the term '{twice.Key}' twice");
        }
        return terms;
    }

    /// <summary>The logits; a number below that of the classes is reported.</summary>
    public static LogitsInfo? Logits(FoldContext context)
    {
        if (context.Type.Attribute(WellKnownNames.LogitsAttribute) is not { ConstructorArguments: [{ Value: int extra }] } logits)
        {
            return null;
        }
        if (extra < 0)
        {
            Refuse(context, "Logits", $"[Logits] states {extra} logits beside those of the classes, but must state 0 or more");
        }
        return new LogitsInfo(
            extra,
            Dense: logits.NamedArguments.All(static argument => argument is not { Key: "Dense", Value.Value: false }),
            logits.Named<bool>("PerRegion")
        );
    }

    public static LossNeedsInfo? Needs(FoldContext context) =>
        context.Type.Attribute(WellKnownNames.LossNeedsAttribute) is { } needs
            ? new LossNeedsInfo(needs.Named<bool>("ClassFrequencies"), needs.Named<bool>("StepSeed"), needs.Named<bool>("Objects"))
            : null;

    private static void Refuse(FoldContext context, string attribute, string reason) =>
        context.Report(
            Problems.LossDoesNotFitHead(Origin.OfMember(context.TypeName, Origin.Attribute(attribute)), context.Type.Name, "a head", reason)
        );
}
