using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Feature pyramid network whose way down enlarges maps by CARAFE (Wang et al. 2019) instead of copying the nearest cells.</summary>
/// <remarks>
/// Yields Levels maps of Channels each, from the backbone's map StartLevel on. Unlike in <see cref="Fpn" />, levels beyond the backbone's take part in the way
/// down: 3x3 convolutions of stride 2, the first on the backbone's coarsest map. Where a size is odd, the enlarged map is cut at the bottom and right; with
/// <see cref="Preprocessing.PadTo" /> at the coarsest level's stride no size is.
/// Parameter names: <c>lateral_convs.i.conv</c>, <c>fpn_convs.i.conv</c>, <c>upsample_modules.i</c>. Source: mmdetection, mmdet/models/necks/fpn_carafe.py, without normalisation and activation.
/// </remarks>
/// <param name="Channels">Channels of every output. Default 256.</param>
/// <param name="Levels">Outputs; at least as many as maps of the backbone are used. Default 5.</param>
[Component]
public record CarafeFpn([Range(1, 4096)] int Channels = 256, [Range(1, 8)] int Levels = 5) : Neck
{
    /// <summary>Index of the first map of the backbone that is used; finer ones are left out. Default 0.</summary>
    [Range(0, 7)]
    public int StartLevel { get; init; }

    /// <summary>How maps are enlarged, one of it between each two levels.</summary>
    public Carafe Upsampling { get; init; } = new();
}
