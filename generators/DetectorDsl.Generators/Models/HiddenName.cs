using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>A name that generated code imports, and that means something else where a declaration stands: a type or namespace beside it has that name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Homes">What generated code may mean by it.</param>
internal sealed record HiddenName(string Name, EquatableArray<NameHome> Homes);

/// <summary>Where a name is declared that generated code imports.</summary>
/// <param name="Container">Namespace or static class, with dots.</param>
/// <param name="IsType">Whether it is the name of a type; else of a static member.</param>
internal sealed record NameHome(string Container, bool IsType);
