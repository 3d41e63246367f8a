using System.Collections.Immutable;

namespace DetectorDsl.Weights.Naming;

/// <summary>torchvision's order in dense heads: for each anchor of a place the classes one after the other, without a background.</summary>
/// <remarks>
/// A file whose number of classes is the largest category id + 1, not C, has a row for every id (torchvision's own weights for COCO: 91 classes, 80 categories);
/// then the rows of the model's categories are picked by their ids. Source: torchvision, models/detection/retinanet.py and fcos.py.
/// </remarks>
/// <param name="anchors">Anchors at one place; 1 where there are none.</param>
public sealed class ClassesOfAnchors(int anchors) : RowOrder
{
    /// <inheritdoc />
    public override long? FileRows(long rows) => rows % anchors == 0 ? rows : null;

    /// <inheritdoc />
    protected override ImmutableArray<long>? Order(int fileRows, ImmutableArray<int> categoryIds)
    {
        if (fileRows % anchors != 0)
        {
            return null;
        }

        var classes = fileRows / anchors;
        var byId = !categoryIds.IsEmpty && classes != categoryIds.Length && classes == categoryIds.Max() + 1 && categoryIds.Min() >= 0;
        var labels = byId ? categoryIds : [.. Enumerable.Range(0, classes)];
        return [.. Enumerable.Range(0, anchors).SelectMany(anchor => labels.Select(label => ((long)anchor * classes) + label))];
    }
}
