using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Problems about category sets and their files, one method each, so that the arguments fit the message.</summary>
internal static partial class Problems
{
    public static Problem CategoryFileNotFound(Origin origin, string file) =>
        new(DiagnosticIds.DDSL0027CategoryFileNotFound, origin, [file]);

    public static Problem CategoryFileUnreadable(Origin origin, string file, string reason) =>
        new(DiagnosticIds.DDSL0028CategoryFileUnreadable, origin, [file, reason]);

    public static Problem CategoryFileAmbiguous(Origin origin, string file, string paths) =>
        new(DiagnosticIds.DDSL0029CategoryFileAmbiguous, origin, [file, paths]);

    public static Problem CategoryNamesCollide(Origin origin, string file, string ids, string name, string members) =>
        new(DiagnosticIds.DDSL0030CategoryNamesCollide, origin, [file, ids, name, members]);

    public static Problem CategoryNameInvalid(Origin origin, string file, string id, string name, string member) =>
        new(DiagnosticIds.DDSL0031CategoryNameInvalid, origin, [file, id, name, member]);

    public static Problem NotACategorySet(Origin origin, string type) => new(DiagnosticIds.DDSL0035NotACategorySet, origin, [type]);
}
