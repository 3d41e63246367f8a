using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Non-local block (Wang et al. 2018), embedded Gaussian: each cell sees all cells, by the softmax of their products.</summary>
/// <remarks>
/// Holds (H W)^2 numbers per image, H and W of the level at which the mean is taken. Parameter names: <c>g.conv</c>, <c>theta.conv</c>, <c>phi.conv</c>, <c>conv_out.conv</c>.
/// Source: mmcv, cnn/bricks/non_local.py, as bfp.py uses it.
/// </remarks>
/// <param name="Reduction">Channels over those in which cells are compared, rounded down. Default 1.</param>
/// <param name="Scaled">Whether the products are divided by the root of those channels. Default false.</param>
[Component]
public record NonLocalRefinement([Range(1, 4096)] int Reduction = 1, bool Scaled = false) : PyramidRefinement;
