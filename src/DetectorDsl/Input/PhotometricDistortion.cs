using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Changes brightness, contrast, saturation and hue and exchanges channels, each of them for a share of the images.</summary>
/// <remarks>
/// Order: brightness; contrast, for half of the images; saturation and hue in HSV; contrast, for the other half; channels. Values are cut to 0 to
/// 255 after each step and rounded at the end. Source: mmdetection, PhotoMetricDistortion (after SSD; it cuts and rounds nowhere, since its images
/// are real numbers from there on).
/// </remarks>
[Component]
public record PhotometricDistortion : Augmentation
{
    /// <summary>Share of the images to which each of the changes happens. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double Probability { get; init; } = 0.5;

    /// <summary>Most that is added to, or taken off, every value of 0 to 255. Default 32.</summary>
    [Range(0.0, 255.0)]
    public double Brightness { get; init; } = 32.0;

    /// <summary>One end of the range of factors of every value. Default 0.5.</summary>
    [Range(0.0, 10.0), AtMost(nameof(MaxContrast))]
    public double MinContrast { get; init; } = 0.5;

    /// <summary>The other end. Default 1.5.</summary>
    [Range(0.0, 10.0)]
    public double MaxContrast { get; init; } = 1.5;

    /// <summary>One end of the range of factors of the saturation. Default 0.5.</summary>
    [Range(0.0, 10.0), AtMost(nameof(MaxSaturation))]
    public double MinSaturation { get; init; } = 0.5;

    /// <summary>The other end. Default 1.5.</summary>
    [Range(0.0, 10.0)]
    public double MaxSaturation { get; init; } = 1.5;

    /// <summary>Most degrees by which hues are turned, either way. Default 18.</summary>
    [Range(0.0, 180.0)]
    public double Hue { get; init; } = 18.0;

    /// <summary>Whether channels are exchanged. Default true.</summary>
    public bool ExchangeChannels { get; init; } = true;
}
