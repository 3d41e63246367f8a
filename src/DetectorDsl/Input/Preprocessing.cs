using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>What is done to every image, in training and at inference; it travels with the trained model.</summary>
[Component]
public record Preprocessing
{
    /// <summary>Mean of the red, green and blue channel, 0 to 255. Default: ImageNet's.</summary>
    [Length(3, 3), Range(0.0, 255.0)]
    public ValueList<double> Mean { get; init; } = [123.675, 116.28, 103.53];

    /// <summary>Standard deviation of the red, green and blue channel. Default: ImageNet's.</summary>
    [Length(3, 3), Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public ValueList<double> Std { get; init; } = [58.395, 57.12, 57.375];

    /// <summary>Height and width are padded with zeros at the bottom and right to a multiple of this. Default 32.</summary>
    [Range(1, 1024)]
    public int PadTo { get; init; } = 32;

    /// <summary>Short side in pixels at inference. Default 800.</summary>
    [TrainerOption, Range(16, 10000)]
    public int ShortSide { get; init; } = 800;

    /// <summary>Upper bound of the long side in pixels at inference. Default 1,333.</summary>
    [TrainerOption, Range(16, 10000)]
    public int LongSide { get; init; } = 1333;

    /// <summary>
    /// Whether sides are cut to whole pixels at inference, by a scale in single precision, so that 799 may come of 800 (torchvision), or
    /// rounded (false, default;
    /// mmdetection).
    /// </summary>
    public bool CutSides { get; init; }

    /// <summary>
    /// Whether the colours of a resized image are rounded to whole numbers at inference, as an image of bytes has them (true, default;
    /// mmdetection), or not (torchvision).
    /// </summary>
    public bool WholeColours { get; init; } = true;
}
