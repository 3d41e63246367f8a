namespace DetectorDsl;

/// <summary>
/// Marks a partial record as the declaration of a detector. The build emits its model, losses, training loop, options, description and
/// resolved configuration beside it.
/// </summary>
/// <remarks>An abstract declaration is a base for others: only its slots are published, no code is emitted.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DetectorAttribute : Attribute;
