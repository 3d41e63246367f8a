using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Categories;

/// <summary>What came of a category set: its specification, or none where its file has none, and what is wrong.</summary>
internal sealed record CategorySetResult(CategorySetTarget Target, CategorySetSpec? Spec, EquatableArray<Problem> Problems);
