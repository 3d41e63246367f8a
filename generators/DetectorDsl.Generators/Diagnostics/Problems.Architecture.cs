using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Diagnostics;

/// <summary>Problems about parts that do not fit together, one method each, so that the arguments fit the message.</summary>
internal static partial class Problems
{
    public static Problem PartMissing(Origin origin, string member, string architecture) =>
        new(DiagnosticIds.DDSL0006PartMissing, origin, [member, architecture]);

    public static Problem LevelCountWrong(Origin origin, string producer, int count, string consumer, string needed) =>
        new(DiagnosticIds.DDSL0007LevelCountWrong, origin, [producer, CSharpLiteral.Of(count), consumer, needed]);

    public static Problem StridesDoNotMatch(Origin origin, string consumer, string stated, string actual) =>
        new(DiagnosticIds.DDSL0008StridesDoNotMatch, origin, [consumer, stated, actual]);

    public static Problem ChannelsDoNotMatch(Origin origin, string consumer, string expected, string producer, string actual) =>
        new(DiagnosticIds.DDSL0009ChannelsDoNotMatch, origin, [consumer, expected, producer, actual]);

    public static Problem ClassCountDiffers(Origin origin, string part, int stated, string categorySet, int count) =>
        new(DiagnosticIds.DDSL0010ClassCountDiffers, origin, [part, CSharpLiteral.Of(stated), categorySet, CSharpLiteral.Of(count)]);

    public static Problem LossDoesNotFitHead(Origin origin, string loss, string head, string reason) =>
        new(DiagnosticIds.DDSL0011LossDoesNotFitHead, origin, [loss, head, reason]);

    public static Problem FrozenWithoutWeights(Origin origin, string member, string value, string weights) =>
        new(DiagnosticIds.DDSL0012FrozenWithoutWeights, origin, [member, value, weights]);

    public static Problem CategoriesMissing(Origin origin, string declaration) =>
        new(DiagnosticIds.DDSL0032CategoriesMissing, origin, [declaration]);

    public static Problem ModuleUnknown(Origin origin, string module, string declaration, string modules) =>
        new(DiagnosticIds.DDSL0040ModuleUnknown, origin, [module, declaration, modules]);

    public static Problem PassDoesNotFit(Origin origin, string part, string cascade, string reason) =>
        new(DiagnosticIds.DDSL0041PassDoesNotFit, origin, [part, cascade, reason]);

    public static Problem BoxFormDoesNotFit(Origin origin, string form, string head, string reason) =>
        new(DiagnosticIds.DDSL0051BoxFormDoesNotFit, origin, [form, head, reason]);

    public static Problem PrimeSamplesDoNotFit(Origin origin, string part, string roiHead, string reason) =>
        new(DiagnosticIds.DDSL0052PrimeSamplesDoNotFit, origin, [part, roiHead, reason]);

    public static Problem SamplerNeedsScores(Origin origin, string sampler, string part) =>
        new(DiagnosticIds.DDSL0053SamplerNeedsScores, origin, [sampler, part]);

    public static Problem GroupsDoNotDivide(Origin origin, string member, int groups, int channels, string layer) =>
        new(DiagnosticIds.DDSL0033GroupsDoNotDivide, origin, [member, CSharpLiteral.Of(groups), CSharpLiteral.Of(channels), layer]);
}
