using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>What the template of the options prints.</summary>
internal sealed record OptionsFile(DeclarationNames Names, EquatableArray<OptionPlan> Options) : FilePlan("Options", "Options", Names);
