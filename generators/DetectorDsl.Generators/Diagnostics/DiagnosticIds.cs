namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Ids of all diagnostics: number and meaning. An id is never used for anything else, even after its removal.</summary>
internal static class DiagnosticIds
{
    public const string DDSL0001ValueNotConstant = "DDSL0001";
    public const string DDSL0002ValueOutOfRange = "DDSL0002";
    public const string DDSL0003ValueNotAllowed = "DDSL0003";
    public const string DDSL0004ListLengthWrong = "DDSL0004";
    public const string DDSL0005SlotRefersToItself = "DDSL0005";
    public const string DDSL0006PartMissing = "DDSL0006";
    public const string DDSL0007LevelCountWrong = "DDSL0007";
    public const string DDSL0008StridesDoNotMatch = "DDSL0008";
    public const string DDSL0009ChannelsDoNotMatch = "DDSL0009";
    public const string DDSL0010ClassCountDiffers = "DDSL0010";
    public const string DDSL0011LossDoesNotFitHead = "DDSL0011";
    public const string DDSL0012FrozenWithoutWeights = "DDSL0012";
    public const string DDSL0013DuplicateName = "DDSL0013";
    public const string DDSL0014NotPartial = "DDSL0014";
    public const string DDSL0015GenericOrNested = "DDSL0015";
    public const string DDSL0016DeclarationsInCircle = "DDSL0016";
    public const string DDSL0017ModuleNotUsable = "DDSL0017";
    public const string DDSL0018ModuleParameterUnknown = "DDSL0018";
    public const string DDSL0019ModuleParameterType = "DDSL0019";
    public const string DDSL0020OutputLevelsUnknownProperty = "DDSL0020";
    public const string DDSL0021BaseWithoutDetector = "DDSL0021";
    public const string DDSL0022AssemblyWithoutSpec = "DDSL0022";
    public const string DDSL0023SpecFormatTooNew = "DDSL0023";
    public const string DDSL0024ComponentWithBody = "DDSL0024";
    public const string DDSL0025SlotHidden = "DDSL0025";
    public const string DDSL0026CastFails = "DDSL0026";
    public const string DDSL0027CategoryFileNotFound = "DDSL0027";
    public const string DDSL0028CategoryFileUnreadable = "DDSL0028";
    public const string DDSL0029CategoryFileAmbiguous = "DDSL0029";
    public const string DDSL0030CategoryNamesCollide = "DDSL0030";
    public const string DDSL0031CategoryNameInvalid = "DDSL0031";
    public const string DDSL0032CategoriesMissing = "DDSL0032";
    public const string DDSL0033GroupsDoNotDivide = "DDSL0033";
    public const string DDSL0034InternalError = "DDSL0034";
    public const string DDSL0035NotACategorySet = "DDSL0035";
    public const string DDSL0036NotAComponent = "DDSL0036";
    public const string DDSL0037NotADetector = "DDSL0037";
    public const string DDSL0038PropertyNotFoldable = "DDSL0038";
    public const string DDSL0039ComponentNotUsable = "DDSL0039";
    public const string DDSL0040ModuleUnknown = "DDSL0040";
    public const string DDSL0041PassDoesNotFit = "DDSL0041";
    public const string DDSL0051BoxFormDoesNotFit = "DDSL0051";
    public const string DDSL0052PrimeSamplesDoNotFit = "DDSL0052";
    public const string DDSL0053SamplerNeedsScores = "DDSL0053";
    public const string DDSL0054RuntimeNotReferenced = "DDSL0054";
    public const string DDSL0055LanguageVersionTooOld = "DDSL0055";
}
