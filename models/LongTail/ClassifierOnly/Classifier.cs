using DetectorDsl.Torch.Losses;
using LongTail.Experiment;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.ClassifierOnly;

/// <summary>The part of a declaration that tells classes apart, freshly made: its last layer and its loss.</summary>
/// <param name="Layer">Features to logits.</param>
/// <param name="Loss">Logits to scores.</param>
/// <param name="Term">What is minimised, from logits, labels and the step's seed.</param>
internal sealed record Classifier(nn.Module<Tensor, Tensor> Layer, ClassificationLoss Loss, Func<Tensor, Tensor, long, Tensor> Term)
{
    /// <summary>The rows that can be trained so: those whose losses need nothing but logits and labels.</summary>
    public static IReadOnlyList<(Row Row, Func<Classifier> Make)> Rows { get; } = [(Experiment.Rows.Main[0], () =>
        {
            var head = new CrossEntropyBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, _) =>
                head.ClassificationLoss.forward(logits, labels, null, labels.shape[0])
            );
        }), (Experiment.Rows.Main[1], () =>
        {
            var head = new ObjectnessBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, _) =>
                Sum(head.ClassificationLoss.forward(logits, labels, null, labels.shape[0]))
            );
        }), (Experiment.Rows.Main[2], () =>
        {
            var head = new ObjectnessNormalizedBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, _) =>
                Sum(head.ClassificationLoss.forward(logits, labels, null, labels.shape[0]))
            );
        }), (Experiment.Rows.Main[3], () =>
        {
            var head = new SeesawBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, _) =>
                Sum(head.ClassificationLoss.forward(logits, labels, null, labels.shape[0]))
            );
        }), (Experiment.Rows.Main[4], () =>
        {
            var head = new SeesawNormalizedBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, _) =>
                Sum(head.ClassificationLoss.forward(logits, labels, null, labels.shape[0]))
            );
        }), (Experiment.Rows.Main[5], () =>
        {
            var head = new EqualizationBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, _) =>
                head.ClassificationLoss.forward(logits, labels, null, labels.shape[0])
            );
        }), (Experiment.Rows.Main[6], () =>
        {
            var head = new GroupSoftmaxBoxHead();
            return new Classifier(LayerOf(head), head.ClassificationLoss, (logits, labels, seed) =>
                head.ClassificationLoss.forward(logits, labels, null, labels.shape[0], seed)
            );
        })];

    /// <summary>The layer's place in every box head, by its state-dict name.</summary>
    public static nn.Module<Tensor, Tensor> LayerOf(nn.Module head) =>
        (nn.Module<Tensor, Tensor>)head.named_children().Single(child => child.name == "fc_cls").module;

    private static Tensor Sum((Tensor Classes, Tensor Objectness) terms) => terms.Classes + terms.Objectness;
}
