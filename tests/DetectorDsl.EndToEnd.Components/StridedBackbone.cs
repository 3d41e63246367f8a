using System.ComponentModel.DataAnnotations;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>A backbone of strided convolutions, one per level.</summary>
/// <param name="Widths">Channels of the maps of strides 4, 8 and 16.</param>
/// <param name="Kernel">Side of the kernels.</param>
[Component, Module(typeof(StridedBackboneModule))]
[OutputLevels(Strides = [4, 8, 16], ChannelsFrom = nameof(Widths))]
public record StridedBackbone([Length(3, 3)] ValueList<int> Widths, [Range(1, 9)] int Kernel = 3) : Backbone;
