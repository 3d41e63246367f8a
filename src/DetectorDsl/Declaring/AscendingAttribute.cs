namespace DetectorDsl;

/// <summary>States that the numbers of a list rise, each above the one before it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class AscendingAttribute : Attribute;
