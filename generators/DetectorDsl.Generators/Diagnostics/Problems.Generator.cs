using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Problems about the generator itself, one method each, so that the arguments fit the message.</summary>
internal static partial class Problems
{
    public static Problem InternalError(Origin origin, string what, string error) =>
        new(DiagnosticIds.DDSL0034InternalError, origin, [what, OnOneLine(error)]);

    private static string OnOneLine(string text) => string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    public static Problem RuntimeNotReferenced(Origin origin, string declaration) =>
        new(DiagnosticIds.DDSL0054RuntimeNotReferenced, origin, [declaration]);

    public static Problem LanguageVersionTooOld(Origin origin, string declaration, int version, int needed) =>
        new(DiagnosticIds.DDSL0055LanguageVersionTooOld, origin, [declaration, CSharpLiteral.Of(version), CSharpLiteral.Of(needed)]);
}
