using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>What the template of the options prints.</summary>
internal sealed record OptionsFile(DeclarationNames Names, EquatableArray<OptionPlan> Options) : FilePlan("Options", "Options", Names)
{
    /// <summary>Those that weights depend on.</summary>
    public IEnumerable<OptionPlan> Lasting => Options.Where(static option => option.IsLasting);

    /// <summary>Those that a trained model takes.</summary>
    public IEnumerable<OptionPlan> ForInference => Options.Where(static option => !option.IsForTraining);
}
