using System.Collections.Immutable;

namespace DetectorDsl.Weights.Naming;

/// <summary>
/// torchvision's order in the second stage: the background is class 0 of C + 1 in every layer, boxes and masks too. In the model it comes last, or,
/// where boxes, masks and logits of single classes need none, not at all.
/// </summary>
/// <remarks>
/// A file whose largest class is the largest category id, not C, has a row for every id (torchvision's own weights for COCO: 91 rows, 80 categories);
/// then the rows of the model's categories are picked by their ids. Source: torchvision, models/detection/faster_rcnn.py.
/// </remarks>
/// <param name="perClass">Rows of a class: 1, or 4 of a box.</param>
/// <param name="keepsBackground">Whether the model has rows of the background, after those of the classes.</param>
public sealed class BackgroundFirst(int perClass, bool keepsBackground) : RowOrder
{
    /// <inheritdoc />
    public override long? FileRows(long rows) => rows % perClass == 0 ? rows + (keepsBackground ? 0 : perClass) : null;

    /// <inheritdoc />
    protected override ImmutableArray<long>? Order(int fileRows, ImmutableArray<int> categoryIds)
    {
        var classes = (fileRows / perClass) - 1;
        if (fileRows % perClass != 0 || classes < 1)
        {
            return null;
        }

        var byId = !categoryIds.IsEmpty && classes != categoryIds.Length && classes == categoryIds.Max() && categoryIds.Min() > 0;
        var labels = byId ? categoryIds : Enumerable.Range(1, classes);
        return
        [
            .. labels
                .Concat(keepsBackground ? [0] : [])
                .SelectMany(label => Enumerable.Range(0, perClass).Select(row => ((long)label * perClass) + row)),
        ];
    }
}
