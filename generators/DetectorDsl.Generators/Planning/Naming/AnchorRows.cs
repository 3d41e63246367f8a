using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Naming;

/// <summary>How the rows of layers that answer for anchors lie in other software's files.</summary>
internal static class AnchorRows
{
    /// <summary>detectron2 counts a place's anchors by sizes, then ratios; we by ratios, then sizes. Null where that is the same.</summary>
    public static string? OfDetectron2(int sizes, int ratios) =>
        sizes == 1 || ratios == 1
            ? null
            : ObjectCode
                .New($"{TypeNames.Naming}SizesFirst", $"sizes: {CSharpLiteral.Of(sizes)}", $"ratios: {CSharpLiteral.Of(ratios)}")
                .Construction;
}
