namespace DetectorDsl;

/// <summary>
/// Marks a record as a component of a declaration. Such a record is positional or parameterless, has no constructor body, and gives its
/// defaults as parameter defaults or property initialisers, all of which the generator folds.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ComponentAttribute : Attribute;
