namespace DetectorDsl.Generators.Models;

/// <summary>
/// Where a value was written: the n-th node (in source order) of a member of a type. Stable under edits elsewhere, unlike a location; the
/// reporting branch turns it into one.
/// </summary>
/// <remarks>
/// The member is a property or parameter, or one of: empty for the type's own name, <c>:base</c> for what stands after the colon,
/// <c>.ctor</c> for a constructor, and <c>[Name]</c> for an attribute. Node 0 is the member as a whole.
/// </remarks>
internal sealed record Origin(string TypeName, string Member, int Node)
{
    /// <summary>The member's name for what a type derives from.</summary>
    public const string Base = ":base";

    /// <summary>The member's name for a constructor written by hand.</summary>
    public const string Constructor = ".ctor";

    /// <summary>The name of a type.</summary>
    public static Origin OfType(string typeName) => new(typeName, "", 0);

    /// <summary>A member as a whole.</summary>
    public static Origin OfMember(string typeName, string member) => new(typeName, member, 0);

    /// <summary>The member's name for an attribute of the type.</summary>
    public static string Attribute(string name) => $"[{name}]";
}
