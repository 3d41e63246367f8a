using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Feature pyramid network (Lin et al. 2017): 1x1 laterals, top-down sums by nearest up-sampling, 3x3 outputs.</summary>
/// <remarks>
/// Yields Levels maps of Channels each. Levels beyond the backbone's are made by subsampling the coarsest one with stride 2.
/// Parameter names: <c>lateral_convs.i.conv</c>, <c>fpn_convs.i.conv</c>. Source: mmdetection, mmdet/models/necks/fpn.py.
/// </remarks>
/// <param name="Channels">Channels of every output. Default 256.</param>
/// <param name="Levels">Outputs; at least as many as the backbone has. Default 5.</param>
[Component]
public record Fpn([Range(1, 4096)] int Channels = 256, [Range(1, 8)] int Levels = 5) : Neck;
