using System.Collections.Immutable;

namespace DetectorDsl.Weights.Naming;

/// <summary>detectron2's order of the anchors of a place: sizes, then ratios within a size. The model's is ratios, then sizes.</summary>
/// <remarks>Source: detectron2, modeling/anchor_generator.py.</remarks>
/// <param name="sizes">Sizes of a place, S.</param>
/// <param name="ratios">Ratios of a place, R; S x R anchors in all.</param>
public sealed class SizesFirst(int sizes, int ratios) : RowOrder
{
    /// <inheritdoc />
    public override long? FileRows(long rows) => rows % (sizes * ratios) == 0 ? rows : null;

    /// <inheritdoc />
    protected override ImmutableArray<long>? Order(int fileRows, ImmutableArray<int> categoryIds)
    {
        var perAnchor = fileRows / (sizes * ratios);
        return fileRows % (sizes * ratios) != 0
            ? null
            :
            [
                .. from ratio in Enumerable.Range(0, ratios)
                from size in Enumerable.Range(0, sizes)
                from row in Enumerable.Range(0, perAnchor)
                select ((long)((size * ratios) + ratio) * perAnchor) + row,
            ];
    }
}
