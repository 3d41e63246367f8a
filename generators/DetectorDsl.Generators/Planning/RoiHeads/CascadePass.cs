using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>One pass of a cascade: what was declared of it, and its box head.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Stage">Its record.</param>
/// <param name="BoxHead">Its box head, which may be of the same class as others'.</param>
/// <param name="Coder">Form of its regression.</param>
internal sealed record CascadePass(int Index, ComponentValue Stage, BoxHeadPlan BoxHead, ObjectCode Coder)
{
    /// <summary>Logs and mmdetection count passes from 0, people from 1.</summary>
    public int Number => Index + 1;

    /// <summary>The field that holds the loss of its boxes; passes that share the template share it.</summary>
    public string BoxLoss => Stage.IsNull("BoxHead") ? "boxLoss" : $"boxLoss{Index}";

    /// <summary>A variable of the pass that holds the regions it looks at; the first takes the given ones.</summary>
    public string Regions(string first, string further) => Index == 0 ? first : $"{further}{Index}";

    /// <summary>A term of one of its losses.</summary>
    public LossTerm Term(LossTerm term) => new($"s{Index}.{term.Key}", $"{term.Summary.TrimEnd('.')}, pass {Number}.");

    /// <summary>Terms of its losses.</summary>
    public EquatableArray<LossTerm> Terms(IEnumerable<LossTerm> terms) => terms.Select(Term).ToEquatableArray();

    /// <summary>The terms with the pass's weight, as they enter the objective.</summary>
    public IEnumerable<string> Weighted(IEnumerable<LossTerm> terms) =>
        Stage.Real("LossWeight") is var weight && weight == 1
            ? terms.Select(static term => term.Field)
            : terms.Select(term => $"global::DetectorDsl.Native.Arithmetic.Times({term.Field}, {CSharpLiteral.Of(weight)})");

    /// <summary>The scores that decide whose class's box a region on background takes: an argument of the refinement.</summary>
    public string RefiningScores(string head) => BoxHead.Agnostic ? "scores: null" : $"{head}.ClassificationLoss.Scores(logits{Index})";
}
