using System.ComponentModel.DataAnnotations;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>A 1x1 convolution per level and nothing between levels; strides are those of the backbone.</summary>
/// <param name="Channels">Channels of every level.</param>
[Component, Module(typeof(LateralNeckModule))]
[OutputLevels(ChannelsFrom = nameof(Channels))]
public record LateralNeck([Range(1, 512)] int Channels = 16) : Neck;
