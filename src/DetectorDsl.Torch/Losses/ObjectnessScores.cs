using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Scores of a head with an objectness branch (Wang et al. 2021, section 3.2).</summary>
internal static class ObjectnessScores
{
    /// <summary>softmax over the classes times the probability of "object"; background is that of "no object".</summary>
    public static Tensor Of(Tensor logits, int classes)
    {
        using var scope = NewDisposeScope();
        var objectness = nn.functional.softmax(logits.narrow(1, classes, 2), 1);
        var scores = nn.functional.softmax(logits.narrow(1, 0, classes), 1) * objectness.narrow(1, 0, 1);
        return cat([scores, objectness.narrow(1, 1, 1)], 1).MoveToOuterDisposeScope();
    }
}
