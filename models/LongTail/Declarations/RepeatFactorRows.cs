using DetectorDsl;

namespace LongTail;

/// <summary>The second table's sampler: classes in fewer than 100 images are repeated, which is LVIS's threshold of 1e-3 as a number of images.</summary>
internal static class Repeated
{
    /// <summary>Repeat factor sampling.</summary>
    public static ImageSampler Images => new RepeatFactor { ThresholdImages = 100 };
}

/// <summary><see cref="CrossEntropy" /> with repeat factor sampling.</summary>
[Detector]
public partial record CrossEntropyRfs : CrossEntropy
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="Objectness" /> with repeat factor sampling.</summary>
[Detector]
public partial record ObjectnessRfs : Objectness
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="ObjectnessNormalized" /> with repeat factor sampling.</summary>
[Detector]
public partial record ObjectnessNormalizedRfs : ObjectnessNormalized
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="Seesaw" /> with repeat factor sampling.</summary>
[Detector]
public partial record SeesawRfs : Seesaw
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="SeesawNormalized" /> with repeat factor sampling.</summary>
[Detector]
public partial record SeesawNormalizedRfs : SeesawNormalized
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="SeesawNormalizedPerClass" /> with repeat factor sampling.</summary>
[Detector]
public partial record SeesawNormalizedPerClassRfs : SeesawNormalizedPerClass
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="Equalization" /> with repeat factor sampling.</summary>
[Detector]
public partial record EqualizationRfs : Equalization
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}

/// <summary><see cref="GroupSoftmax" /> with repeat factor sampling.</summary>
[Detector]
public partial record GroupSoftmaxRfs : GroupSoftmax
{
    /// <inheritdoc />
    public override ImageSampler TrainSampler => Repeated.Images;
}
