using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>The descriptors by id. (A class of its own, since static fields of a partial class start in no fixed order.)</summary>
internal static class DescriptorCatalog
{
    /// <summary>Every descriptor, in the order of ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        Descriptors.ValueNotConstant,
        Descriptors.ValueOutOfRange,
        Descriptors.ValueNotAllowed,
        Descriptors.ListLengthWrong,
        Descriptors.SlotRefersToItself,
        Descriptors.PartMissing,
        Descriptors.LevelCountWrong,
        Descriptors.StridesDoNotMatch,
        Descriptors.ChannelsDoNotMatch,
        Descriptors.ClassCountDiffers,
        Descriptors.LossDoesNotFitHead,
        Descriptors.FrozenWithoutWeights,
        Descriptors.DuplicateName,
        Descriptors.NotPartial,
        Descriptors.GenericOrNested,
        Descriptors.DeclarationsInCircle,
        Descriptors.ModuleNotUsable,
        Descriptors.ModuleParameterUnknown,
        Descriptors.ModuleParameterType,
        Descriptors.OutputLevelsUnknownProperty,
        Descriptors.BaseWithoutDetector,
        Descriptors.AssemblyWithoutSpec,
        Descriptors.SpecFormatTooNew,
        Descriptors.ComponentWithBody,
        Descriptors.SlotHidden,
        Descriptors.CastFails,
        Descriptors.CategoryFileNotFound,
        Descriptors.CategoryFileUnreadable,
        Descriptors.CategoryFileAmbiguous,
        Descriptors.CategoryNamesCollide,
        Descriptors.CategoryNameInvalid,
        Descriptors.CategoriesMissing,
        Descriptors.GroupsDoNotDivide,
        Descriptors.InternalError,
        Descriptors.NotACategorySet,
        Descriptors.NotAComponent,
        Descriptors.NotADetector,
        Descriptors.PropertyNotFoldable,
        Descriptors.ComponentNotUsable,
        Descriptors.ModuleUnknown,
        Descriptors.PassDoesNotFit,
        Descriptors.BoxFormDoesNotFit,
        Descriptors.PrimeSamplesDoNotFit,
        Descriptors.SamplerNeedsScores,
        Descriptors.RuntimeNotReferenced,
        Descriptors.LanguageVersionTooOld,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(static descriptor =>
        descriptor.Id
    );

    /// <summary>The descriptor of an id.</summary>
    public static DiagnosticDescriptor Get(string id) => ById[id];
}
