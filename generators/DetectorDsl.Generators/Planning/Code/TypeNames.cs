namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Types of the library as generated code spells them.</summary>
internal static class TypeNames
{
    public const string Anchors = "global::DetectorDsl.Detection.Anchors.";
    public const string BoxCoding = "global::DetectorDsl.Detection.BoxCoding.";
    public const string Data = "global::DetectorDsl.Data.";
    public const string Layers = "global::DetectorDsl.Torch.Layers.";
    public const string Losses = "global::DetectorDsl.Torch.Losses.";
    public const string Matching = "global::DetectorDsl.Detection.Matching.";
    public const string Modules = "global::TorchSharp.Modules.";
    public const string Naming = "global::DetectorDsl.Weights.Naming.";
    public const string Operators = "global::DetectorDsl.Torch.Operators.";
    public const string Optimization = "global::DetectorDsl.Training.Optimization.";
    public const string PrimeSamples = "global::DetectorDsl.Detection.PrimeSamples.";
    public const string Sampling = "global::DetectorDsl.Detection.Sampling.";
    public const string Schedules = "global::DetectorDsl.Training.Schedules.";
    public const string Selection = "global::DetectorDsl.Detection.Selection.";
    public const string TrainingTargets = "global::DetectorDsl.Detection.Targets.";
}
