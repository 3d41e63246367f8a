using System.Collections.Immutable;

namespace DetectorDsl.Weights.Naming;

/// <summary>detectron2's order of the logits of the second stage, for a model without a logit of the background: C classes, then the background, which falls away.</summary>
/// <remarks>Source: detectron2, modeling/roi_heads/fast_rcnn.py.</remarks>
public sealed class BackgroundLast : RowOrder
{
    /// <inheritdoc />
    public override long? FileRows(long rows) => rows + 1;

    /// <inheritdoc />
    protected override ImmutableArray<long>? Order(int fileRows, ImmutableArray<int> categoryIds) =>
        fileRows < 2 ? null : [.. Enumerable.Range(0, fileRows - 1)];
}
