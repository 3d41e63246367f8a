namespace DetectorDsl.Weights.Naming;

/// <summary>A layer of a model and what other software calls it; the names of its tensors (<c>weight</c>, <c>bias</c>, <c>running_mean</c> ...) follow each.</summary>
/// <param name="Own">Its name in the model, which is mmdetection's.</param>
/// <param name="Torchvision">Its name in torchvision's models; null where they have no such layer.</param>
/// <param name="Detectron2">Its name in detectron2's models; null where they have no such layer.</param>
public sealed record LayerNames(string Own, string? Torchvision, string? Detectron2)
{
    /// <summary>What torchvision called it before version 0.13, as most of its published files still do; null where it was the same.</summary>
    public string? EarlierTorchvision { get; init; }

    /// <summary>How its rows lie in torchvision's files. Default: as here.</summary>
    public RowOrder TorchvisionRows { get; init; } = RowOrder.Same;

    /// <summary>How its rows lie in detectron2's files. Default: as here.</summary>
    public RowOrder Detectron2Rows { get; init; } = RowOrder.Same;

    /// <summary>Whether the number of its rows follows from the number of classes. Default false.</summary>
    public bool IsPerClass { get; init; }

    /// <summary>Whether its input are the pixels, so that the order of colours and their scale matter to its weights. Default false.</summary>
    public bool TakesPixels { get; init; }
}
