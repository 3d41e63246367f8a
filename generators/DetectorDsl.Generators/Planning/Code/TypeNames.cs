namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Types of the runtime as generated code spells them.</summary>
internal static class TypeNames
{
    public const string Data = "global::DetectorDsl.Data.";
    public const string Heads = "global::DetectorDsl.Runtime.Heads.";
    public const string PrimeSamples = Heads + "PrimeSamples.";
    public const string Layers = "global::DetectorDsl.Runtime.Layers.";
    public const string Losses = "global::DetectorDsl.Runtime.Losses.";
    public const string Naming = "global::DetectorDsl.Runtime.Weights.Naming.";
    public const string Operators = "global::DetectorDsl.Runtime.Operators.";
    public const string Optimization = "global::DetectorDsl.Runtime.Training.Optimization.";
    public const string Schedules = "global::DetectorDsl.Runtime.Training.Schedules.";
    public const string Modules = "global::TorchSharp.Modules.";
}
