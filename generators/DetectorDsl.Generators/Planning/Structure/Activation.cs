namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>What is applied to a layer's result, behind its normalisation if it has one.</summary>
internal enum Activation
{
    None,
    Relu,
}
