using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Losses;

public sealed class LiveTensorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LossesLeaveTheirResultsOnly(bool tracked)
    {
        using var logits = zeros(4, 5).requires_grad_(tracked);
        using var plain = zeros(4, 4).requires_grad_(tracked);
        using var three = zeros(4, 3).requires_grad_(tracked);
        using var labels = tensor(new long[] { 0, 1, 2, 3 });
        using var classes = tensor(new long[] { 0, 1, 2, 0 });
        using var weights = ones(4);
        using var masks = zeros([4, 3, 8, 8]).requires_grad_(tracked);
        using var targets = ones(4, 8, 8);
        using var seesaw = new SeesawLoss(3);
        using var objectness = new ObjectnessCrossEntropyLoss(3);
        using var entropy = new CrossEntropyLoss(3);
        using var focal = new SigmoidFocalLoss(3);
        using var equalization = Told(new EqualizationLoss(3));
        Check("Seesaw", () => Both(seesaw.forward(logits, labels, weights, 4)));
        Check("Seesaw again", () => Both(seesaw.Loss(logits, labels, null, 4)));
        Check("Seesaw composed", () =>
            [seesaw.ClassLosses(logits, labels), seesaw.ObjectnessLosses(logits, labels), seesaw.Scores(logits)]
        );
        Check("objectness cross-entropy", () => Both(objectness.forward(logits, labels, weights, 4)));
        Check("cross-entropy", () => [entropy.forward(plain, labels, weights, 4), entropy.Scores(plain)]);
        Check("focal", () => [focal.forward(three, labels, weights, 4), focal.Scores(three)]);
        Check("equalization", () => [equalization.forward(three, labels, weights, 4), equalization.Scores(three)]);
        Check("objectness", () => [new ObjectnessLoss().forward(plain, plain.detach(), 4)], 1);
        Check(
            "box losses",
            () =>
                [
                    new L1Loss().forward(plain, three.narrow(1, 0, 1), null, 4),
                    new SmoothL1Loss().forward(plain, three.narrow(1, 0, 1), null, 4),
                ],
            2
        );
        Check("overlap losses", () =>
            [new IouLoss().forward(plain, plain, null, 4), new GeneralizedIouLoss().forward(plain, plain, null, 4)]
        );
        Check("masks", () =>
            [new MaskBinaryCrossEntropyLoss().forward(masks, classes, targets), MaskBinaryCrossEntropyLoss.OfClass(masks, classes)]
        );

        // Some of the tests' own views live beside the results.
        void Check(string what, Func<IEnumerable<Tensor>> operation, int own = 0)
        {
            if (own == 0)
            {
                LiveTensors.OnlyResultsStay(what, operation);
            }

            LiveTensors.NothingStays(what, () =>
            {
                foreach (var result in operation())
                {
                    if (result.requires_grad)
                    {
                        result.sum().backward();
                    }
                }
            });
        }
    }

    [Fact]
    public void MakingAndFreeingALoss_LeavesNothing()
    {
        LiveTensors.OnlyResultsStay("Seesaw", () =>
        {
            using var loss = new SeesawLoss(3, counts: SeesawCounts.DataSet, classCounts: [1, 2, 3]);
            return [];
        });
    }

    private static T Told<T>(T loss)
        where T : ClassificationLoss
    {
        loss.LearnFrequencies(new(20, [1, 10, 20], [1, 12, 40]));
        return loss;
    }

    private static IEnumerable<Tensor> Both((Tensor First, Tensor Second) terms) => [terms.First, terms.Second];
}
