namespace DetectorDsl;

/// <summary>A 3x3 convolution with ReLU. Parameter names: <c>conv</c>. Source: mmdetection, bfp.py, refine_type conv.</summary>
[Component]
public record ConvolutionRefinement : PyramidRefinement;
