using DetectorDsl.Generators.Planning.Architectures;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The branch that classifies regions and refines boxes. Its class has <c>ClassificationLoss</c> and <c>Coder</c>; its forward yields logits and offsets.</summary>
/// <param name="Part">Its module.</param>
/// <param name="Classification">Its classification loss.</param>
/// <param name="BoxLoss">The loss of what it predicts for boxes: <c>forward(predictions, targets, weights, averageFactor)</c>.</param>
/// <param name="BoxTerms">The terms that this loss yields.</param>
/// <param name="Coder">Form of the box regression, an <c>IBoxCoder</c>.</param>
/// <param name="Agnostic">Whether one box is predicted for all classes.</param>
/// <param name="ResultShapes">Shapes of logits and offsets, for comments.</param>
internal sealed record BoxHeadPlan(
    PartPlan Part,
    ClassificationPlan Classification,
    ObjectCode BoxLoss,
    EquatableArray<LossTerm> BoxTerms,
    ObjectCode Coder,
    bool Agnostic,
    string ResultShapes
)
{
    /// <summary>The expression for what is predicted for the positive regions, each for its own class.</summary>
    public string PositiveOffsets(string offsets, string regions) =>
        Agnostic
            ? $"{offsets}.index_select(0, {regions}.PositiveRows)"
            : $"{TypeNames.BoxCoding}BoxOffsets.OfClass({offsets}, {regions}.PositiveRows, {regions}.PositiveLabels)";
}
