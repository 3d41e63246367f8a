namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>What other software calls a layer; null where it has no such layer.</summary>
internal sealed record OtherNames(string? Torchvision, string? Detectron2)
{
    /// <summary>Of a layer that only mmdetection has, whose names are ours.</summary>
    public static OtherNames None { get; } = new(null, null);

    /// <summary>What torchvision called it before version 0.13, where that differs.</summary>
    public string? EarlierTorchvision { get; init; }

    /// <summary>The expression for the order of its rows in torchvision's files; null where it is ours.</summary>
    public string? TorchvisionRows { get; init; }

    /// <summary>The same for detectron2's.</summary>
    public string? Detectron2Rows { get; init; }
}
