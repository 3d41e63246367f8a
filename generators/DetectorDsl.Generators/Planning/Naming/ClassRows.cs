using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Naming;

/// <summary>How the rows of layers that answer for classes lie in other software's files.</summary>
internal static class ClassRows
{
    /// <summary>torchvision's second stage: the background comes first, in boxes and masks too; ours keep it last, or have none.</summary>
    public static string OfTorchvision(int perClass, bool keepsBackground) =>
        ObjectCode
            .New(
                $"{TypeNames.Naming}BackgroundFirst",
                $"perClass: {CSharpLiteral.Of(perClass)}",
                $"keepsBackground: {CSharpLiteral.Of(keepsBackground)}"
            )
            .Construction;

    /// <summary>torchvision's dense heads: classes without a background, after each other for each anchor of a place.</summary>
    public static string OfTorchvisionDense(int anchors) =>
        ObjectCode.New($"{TypeNames.Naming}ClassesOfAnchors", $"anchors: {CSharpLiteral.Of(anchors)}").Construction;

    /// <summary>detectron2's logits of the second stage: the background comes last. Null where ours keep it, too.</summary>
    public static string? OfDetectron2Logits(bool keepsBackground) =>
        keepsBackground ? null : ObjectCode.New($"{TypeNames.Naming}BackgroundLast").Construction;
}
