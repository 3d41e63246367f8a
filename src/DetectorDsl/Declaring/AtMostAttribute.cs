namespace DetectorDsl;

/// <summary>States that a number is not above another one of the same component, such as the lower end of a range and its upper end.</summary>
/// <param name="other">Name of the property that holds the other number.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class AtMostAttribute(string other) : Attribute
{
    /// <summary>Name of the property that holds the other number.</summary>
    public string Other { get; } = other;
}
