using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>From a problem, which compares by value and knows no place, to what the compiler shows.</summary>
internal static class ProblemExtensions
{
    public static Diagnostic ToDiagnostic(this Problem problem, Location location) =>
        problem.IsWarning
            ? Diagnostic.Create(
                DescriptorCatalog.Get(problem.Id),
                location,
                DiagnosticSeverity.Warning,
                additionalLocations: null,
                properties: null,
                [.. problem.Arguments]
            )
            : Diagnostic.Create(DescriptorCatalog.Get(problem.Id), location, [.. problem.Arguments]);
}
