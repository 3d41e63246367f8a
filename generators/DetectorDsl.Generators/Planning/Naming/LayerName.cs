using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.Naming;

/// <summary>A layer and what other software calls it; null where it has no such layer. Written as the runtime's <c>LayerNames</c>.</summary>
/// <param name="Own">Its name in the model.</param>
/// <param name="Torchvision">torchvision's name.</param>
/// <param name="Detectron2">detectron2's name.</param>
internal sealed record LayerName(string Own, string? Torchvision, string? Detectron2)
{
    /// <summary>Of a layer of the model.</summary>
    public static LayerName Of(NamedLeaf leaf) =>
        new(leaf.Name, leaf.Layer.Elsewhere.Torchvision, leaf.Layer.Elsewhere.Detectron2)
        {
            EarlierTorchvision = leaf.Layer.Elsewhere.EarlierTorchvision,
            TorchvisionRows = leaf.Layer.Elsewhere.TorchvisionRows,
            Detectron2Rows = leaf.Layer.Elsewhere.Detectron2Rows,
            IsPerClass = leaf.Layer.IsPerClass,
            TakesPixels = leaf.Layer.TakesPixels,
        };

    /// <summary>What torchvision called it before version 0.13, where that differs.</summary>
    public string? EarlierTorchvision { get; init; }

    /// <summary>The expression for the order of its rows in torchvision's files; null where it is ours.</summary>
    public string? TorchvisionRows { get; init; }

    /// <summary>The same for detectron2's.</summary>
    public string? Detectron2Rows { get; init; }

    /// <summary>Whether the number of its rows follows from the number of classes.</summary>
    public bool IsPerClass { get; init; }

    /// <summary>Whether it reads the pixels.</summary>
    public bool TakesPixels { get; init; }
}
