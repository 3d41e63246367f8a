namespace DetectorDsl;

/// <summary>An ordinary fully connected layer: z = W x + b. Starts from N(0, 0.01).</summary>
[Component]
public record Linear : Classifier;
