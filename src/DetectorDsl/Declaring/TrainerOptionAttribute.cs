namespace DetectorDsl;

/// <summary>
/// Makes a component's number, text or switch an option of the generated trainer: the declared value is the default, the name in kebab case
/// is the option on the command line, the doc comment's summary is its help text.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = true)]
public sealed class TrainerOptionAttribute : Attribute
{
    /// <summary>Whether a run may be resumed with another value, since no weight depends on it. Default false.</summary>
    public bool MayChange { get; init; }
}
