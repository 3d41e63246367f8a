namespace DetectorDsl;

/// <summary>A transposed convolution of kernel 2 and stride 2, with ReLU. Parameter names: <c>weight</c>, <c>bias</c>.</summary>
[Component]
public record TransposedConvolution : Upsampling;
