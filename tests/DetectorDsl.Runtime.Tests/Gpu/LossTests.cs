using DetectorDsl.Runtime.Tests.Losses;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Gpu;

public sealed class LossTests
{
    private const int Classes = 12;
    private const int Regions = 30;
    private const double Tolerance = 1e-9;

    public static TheoryData<string> LongTailLosses => [.. LongTailLoss.All];

    [SkippableTheory]
    [MemberData(nameof(LongTailLosses))]
    public void LossesForLongTailsAreTheSame(string name)
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        var weights = Filling.Fill(2, [Regions], 0.2, 1);
        BothDevices.Agree(
            name,
            inputs =>
            {
                // Anew for each device: some count what they have seen.
                using var loss = LongTailLoss.Of(name, Classes);
                loss.Module.to(ScalarType.Float64).to(inputs[0].device);
                return loss.Forward(inputs[0], Labels(inputs[0].device), weights.to(inputs[0].device), Regions, 5);
            },
            Tolerance,
            Logits(name)
        );

        static Tensor Logits(string name)
        {
            using var loss = LongTailLoss.Of(name, Classes);
            return Filling.Fill(1, [Regions, loss.Module.LogitCount], -2, 2);
        }
    }

    [SkippableFact]
    public void SeesawLossIsTheSame_CountsIncluded()
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        using var loss = new SeesawLoss(Classes);
        using var onGpu = new SeesawLoss(Classes);
        onGpu.cuda();
        for (var step = 0; step < 3; step++)
        {
            var seed = step;
            BothDevices.Agree(
                $"step {step}",
                inputs =>
                {
                    var (classes, objectness) = (inputs[0].device_type == DeviceType.CUDA ? onGpu : loss).forward(
                        inputs[0],
                        Labels(inputs[0].device, seed),
                        null,
                        Regions
                    );
                    return stack([classes, objectness]);
                },
                1e-5,
                Filling.Fill(10 + step, [Regions, Classes + 2], -2, 2, ScalarType.Float32)
            );
        }

        Expect.Close(loss.CumulativeSamples, onGpu.CumulativeSamples, 0, 0, "counts");
        var logits = Filling.Fill(20, [Regions, Classes + 2], -2, 2, ScalarType.Float32);
        Expect.Close(loss.Scores(logits), onGpu.Scores(logits.cuda()), 1e-6, 1e-5, "scores");
    }

    [SkippableFact]
    public void OtherLossesAreTheSame()
    {
        BothDevices.Need();
        using var scope = NewDisposeScope();
        using var entropy = new CrossEntropyLoss(Classes);
        using var objectness = new ObjectnessCrossEntropyLoss(Classes);
        using var focal = new SigmoidFocalLoss(Classes);
        BothDevices.Agree(
            "cross-entropy",
            inputs => entropy.forward(inputs[0], Labels(inputs[0].device), null, Regions),
            Tolerance,
            Filling.Fill(1, [Regions, Classes + 1], -2, 2)
        );
        BothDevices.Agree(
            "cross-entropy with objectness",
            inputs => stack([objectness.forward(inputs[0], Labels(inputs[0].device), null, Regions).loss_cls_classes, inputs[0].sum()]),
            Tolerance,
            Filling.Fill(2, [Regions, Classes + 2], -2, 2)
        );
        BothDevices.Agree(
            "focal",
            inputs => focal.forward(inputs[0], Labels(inputs[0].device), null, Regions),
            Tolerance,
            Filling.Fill(3, [Regions, Classes], -2, 2)
        );
        BothDevices.Agree(
            "boxes",
            inputs => new SmoothL1Loss().forward(inputs[0], ones_like(inputs[0]), null, Regions),
            Tolerance,
            Filling.Fill(4, [Regions, 4], -2, 2)
        );
    }

    // Every class occurs, background (the number of classes) too.
    private static Tensor Labels(Device device, int first = 0) =>
        (arange(Regions, dtype: ScalarType.Int64, device: device) + first).remainder(Classes + 1);
}
