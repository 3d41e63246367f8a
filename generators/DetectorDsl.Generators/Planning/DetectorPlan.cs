using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning;

/// <summary>All files of a declaration, ready to print.</summary>
internal sealed record DetectorPlan(DeclarationNames Names, EquatableArray<FilePlan> Files);

/// <summary>A plan, and what is wrong with the declaration. Where something is, the plan holds a stub that compiles.</summary>
internal sealed record PlanResult(DetectorPlan Plan, EquatableArray<Problem> Problems, bool IsTrainable);
