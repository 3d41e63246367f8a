namespace DetectorDsl;

/// <summary>
/// Names the terms that a loss contributes to the objective, in the order in which its <c>forward</c> returns them: one tensor for one term,
/// a tuple for several. The names are stable keys of logs and of the generated losses type.
/// </summary>
/// <param name="terms">Names in snake case, for example <c>loss_cls</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class LossTermsAttribute(params string[] terms) : Attribute
{
    /// <summary>Names of the terms in order.</summary>
    public string[] Terms { get; } = terms;
}
