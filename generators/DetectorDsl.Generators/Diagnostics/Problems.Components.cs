using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Problems about components of the user's own, one method each, so that the arguments fit the message.</summary>
internal static partial class Problems
{
    public static Problem ModuleNotUsable(Origin origin, string component, string module, string reason) =>
        new(DiagnosticIds.DDSL0017ModuleNotUsable, origin, [component, module, reason]);

    public static Problem ModuleParameterUnknown(Origin origin, string module, string parameter, string component, string supplied) =>
        new(DiagnosticIds.DDSL0018ModuleParameterUnknown, origin, [module, parameter, component, supplied]);

    public static Problem ModuleParameterType(
        Origin origin,
        string module,
        string parameter,
        string type,
        string property,
        string actual
    ) => new(DiagnosticIds.DDSL0019ModuleParameterType, origin, [module, parameter, type, property, actual]);

    public static Problem OutputLevelsUnknownProperty(Origin origin, string component, string property, string reason) =>
        new(DiagnosticIds.DDSL0020OutputLevelsUnknownProperty, origin, [component, property, reason]);

    public static Problem ComponentWithBody(Origin origin, string component) =>
        new(DiagnosticIds.DDSL0024ComponentWithBody, origin, [component]);

    public static Problem ComponentNotUsable(Origin origin, string component, string reason) =>
        new(DiagnosticIds.DDSL0039ComponentNotUsable, origin, [component, reason]);

    public static Problem NotAComponent(Origin origin, string type) => new(DiagnosticIds.DDSL0036NotAComponent, origin, [type]);

    public static Problem PropertyNotFoldable(Origin origin, string property, string reason) =>
        new(DiagnosticIds.DDSL0038PropertyNotFoldable, origin, [property, reason]);
}
