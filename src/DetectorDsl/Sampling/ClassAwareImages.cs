using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Each class in turn, then an image of it (mmdetection's ClassAwareSampler).</summary>
/// <param name="ImagesPerClass">Images drawn for each drawn class. Default 1.</param>
[Component]
public record ClassAwareImages([Range(1, 1000)] int ImagesPerClass = 1) : ImageSampler;
