using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Problems about the generator itself, one method each, so that the arguments fit the message.</summary>
internal static partial class Problems
{
    public static Problem InternalError(Origin origin, string what, string error) =>
        new(DiagnosticIds.DDSL0034InternalError, origin, [what, OnOneLine(error)]);

    private static string OnOneLine(string text) => string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
