using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Problems about what a declaration says, and how, one method each, so that the arguments fit the message.</summary>
internal static partial class Problems
{
    public static Problem ValueNotConstant(Origin origin, string expression, string what) =>
        new(DiagnosticIds.DDSL0001ValueNotConstant, origin, [expression, what]);

    public static Problem ValueOutOfRange(Origin origin, string property, string value, string range) =>
        new(DiagnosticIds.DDSL0002ValueOutOfRange, origin, [property, value, range]);

    public static Problem ValueNotAllowed(Origin origin, string property, string value, string allowed) =>
        new(DiagnosticIds.DDSL0003ValueNotAllowed, origin, [property, value, allowed]);

    public static Problem ListLengthWrong(Origin origin, string property, int count, string expected) =>
        new(DiagnosticIds.DDSL0004ListLengthWrong, origin, [property, CSharpLiteral.Of(count), expected]);

    public static Problem SlotRefersToItself(Origin origin, string slot, string path) =>
        new(DiagnosticIds.DDSL0005SlotRefersToItself, origin, [slot, path]);

    public static Problem DuplicateName(Origin origin, string name, string first, string second) =>
        new(DiagnosticIds.DDSL0013DuplicateName, origin, [name, first, second]);

    public static Problem NotPartial(Origin origin, string type) => new(DiagnosticIds.DDSL0014NotPartial, origin, [type]);

    public static Problem GenericOrNested(Origin origin, string type, string what) =>
        new(DiagnosticIds.DDSL0015GenericOrNested, origin, [type, what]);

    public static Problem DeclarationsInCircle(Origin origin, string declaration, string path) =>
        new(DiagnosticIds.DDSL0016DeclarationsInCircle, origin, [declaration, path]);

    public static Problem BaseWithoutDetector(Origin origin, string declaration, string baseType) =>
        new(DiagnosticIds.DDSL0021BaseWithoutDetector, origin, [declaration, baseType]);

    public static Problem AssemblyWithoutSpec(Origin origin, string type, string assembly) =>
        new(DiagnosticIds.DDSL0022AssemblyWithoutSpec, origin, [type, assembly]);

    public static Problem SpecFormatTooNew(Origin origin, string type, int format, int known) =>
        new(DiagnosticIds.DDSL0023SpecFormatTooNew, origin, [type, CSharpLiteral.Of(format), CSharpLiteral.Of(known)]);

    public static Problem SlotHidden(Origin origin, string slot, string baseSlot) =>
        new(DiagnosticIds.DDSL0025SlotHidden, origin, [slot, baseSlot]);

    public static Problem CastFails(Origin origin, string expression, string type, string actual) =>
        new(DiagnosticIds.DDSL0026CastFails, origin, [expression, type, actual]);

    public static Problem NotADetector(Origin origin, string type) => new(DiagnosticIds.DDSL0037NotADetector, origin, [type]);
}
