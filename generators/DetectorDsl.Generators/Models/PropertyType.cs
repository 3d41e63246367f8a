namespace DetectorDsl.Generators.Models;

/// <summary>What a property can hold.</summary>
internal enum PropertyKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A member of an enum.</summary>
    Enum,

    /// <summary>A component.</summary>
    Component,

    /// <summary>A list of any of these.</summary>
    List,
}

/// <summary>The type of a property.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">The type as C# writes it, for example <c>int</c>, or the full metadata name of an enum or component; empty for a list.</param>
/// <param name="IsNullable">Whether null is among its values.</param>
/// <param name="Element">Type of a list's items.</param>
internal sealed record PropertyType(PropertyKind Kind, string Name, bool IsNullable, PropertyType? Element = null)
{
    public override string ToString()
    {
        var name = Element is null ? Name : $"ValueList<{Element}>";
        return IsNullable ? name + "?" : name;
    }
}
