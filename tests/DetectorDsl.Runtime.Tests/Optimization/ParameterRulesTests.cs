using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Training.Schedules;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using AdamW = DetectorDsl.Training.Optimization.AdamW;
using BatchNorm = DetectorDsl.Torch.Layers.BatchNorm;

namespace DetectorDsl.Runtime.Tests.Optimization;

public sealed class ParameterRulesTests
{
    private static readonly ParameterRules Rules = new(
        biases: new ParameterFactors(2, 0),
        norms: new ParameterFactors(WeightDecay: 0.5),
        deformableOffsets: new ParameterFactors(0.1)
    );

    [Theory]
    [InlineData("conv.weight", 1, 1)]
    [InlineData("conv.bias", 2, 0)]
    [InlineData("block.conv.bias", 2, 0)]
    [InlineData("block.gn.weight", 1, 0.5)]
    [InlineData("block.gn.bias", 1, 0.5)]
    [InlineData("own.weight", 1, 0.5)]
    [InlineData("own.bias", 1, 0.5)]
    [InlineData("torchs.bias", 1, 0.5)]
    [InlineData("layers.bias", 1, 0.5)]
    [InlineData("deformed.weight", 1, 1)]
    [InlineData("deformed.conv_offset.weight", 0.1, 1)]
    [InlineData("deformed.conv_offset.bias", 0.1, 1)]
    [InlineData("scale.scale", 1, 1)]
    public void FactorsFollowFromTheKindOfAParameter(string name, double rate, double decay)
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        Assert.Equal(new ParameterFactors(rate, decay), Rules.Of(model)(name));
    }

    [Theory]
    [InlineData("block.conv.weight", 0.5, 3)]
    [InlineData("block.conv.bias", 0.5, 3)]
    [InlineData("block.gn.bias", 4, 1)]
    [InlineData("conv.bias", 2, 0)]
    [InlineData("blocks.conv.bias", 2, 0)]
    public void TheInnermostModuleDecides_WhateverTheKind(string name, double rate, double decay)
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(("block", Block()), ("conv", nn.Conv2d(3, 4, 3)), ("blocks", Block()));
        var rules = new ParameterRules(
            biases: new ParameterFactors(2, 0),
            modules: [("block", new ParameterFactors(0.5, 3)), ("block.gn", new ParameterFactors(4))]
        );
        Assert.Equal(new ParameterFactors(rate, decay), rules.Of(model)(name));
    }

    [Fact]
    public void ParametersOfEqualFactorsShareAGroup()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(("conv", nn.Conv2d(3, 4, 3)), ("block", Block()));
        var groups = ParameterGroup.Of(model, 0.1, exemptNormAndBias: false, Rules);
        Assert.Equal(
            ["1 0.1 conv.weight block.conv.weight", "2 0 conv.bias block.conv.bias", "1 0.05 block.gn.weight block.gn.bias"],
            groups.Select(group =>
                FormattableString.Invariant(
                    $"{group.RateFactor} {group.WeightDecay} {string.Join(" ", group.Parameters.Select(item => item.Name))}"
                )
            )
        );
        var exempt = ParameterGroup.Of(model, 0.1, exemptNormAndBias: true, Rules);
        Assert.Equal([0.1, 0, 0], exempt.Select(group => group.WeightDecay));
        Assert.Equal([1, 2, 1], exempt.Select(group => group.RateFactor));
    }

    // torch 1.13: SGD and AdamW with a group for each parameter, their rates set as mmcv's LrUpdaterHook does, after clip_grad_norm_ at 35.
    [Theory]
    [InlineData(
        false,
        new[]
        {
            -0.39995978099506724,
            -1.7844108007282242,
            0.3663845403300258,
            0.13478121432053455,
            0.0010207954605081222,
            -0.35907789548505387,
        },
        new[] { 0.13765923621920387, -0.7101892229422043 },
        new[] { 0.7953678875874791, 0.03381287150968316 },
        new[] { 0.3051535416516259, 1.3812717858826267 }
    )]
    [InlineData(
        true,
        new[]
        {
            0.35548048899018037,
            -0.5693188830660416,
            0.05906054680304374,
            -0.016920055300711934,
            0.7043135343873447,
            -0.48887532022276003,
        },
        new[] { 0.7211651227704698, 0.21143592942200326 },
        new[] { 0.6678252636580096, 0.23196614458908626 },
        new[] { -0.25166453652438336, 0.18703638253258803 }
    )]
    public void StepsAreThoseOfTorch(bool adam, double[] weight, double[] bias, double[] scale, double[] shift)
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(
            ("linear", nn.Linear(3, 2, dtype: ScalarType.Float64)),
            ("norm", nn.LayerNorm(2, dtype: ScalarType.Float64))
        );
        Parameter[] parameters =
        [
            .. new[] { "linear.weight", "linear.bias", "norm.weight", "norm.bias" }.Select(name =>
                model.named_parameters().Single(item => item.name == name).parameter
            ),
        ];
        using (no_grad())
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].copy_(Filling.Fill(10 + i, parameters[i].shape, -1, 1));
            }
        }

        var groups = ParameterGroup.Of(model, 0.05, exemptNormAndBias: false, Rules);
        using Optimizer optimizer = adam ? new AdamW(groups) : new Sgd(groups, 0.9);
        var schedule = new ConstantWarmup(3, 1.0 / 3, new MultiStepSchedule([6], 0.1));
        for (var step = 0; step < 8; step++)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].grad = Filling.Fill(100 + (10 * step) + i, parameters[i].shape, -20, 20);
            }

            Gradients.Clip(parameters, Gradients.Norm(parameters), 35);
            optimizer.Step(0.01 * schedule.Factor(step));
        }

        var expected = new[] { weight, bias, scale, shift };
        for (var i = 0; i < parameters.Length; i++)
        {
            Expect.Close(expected[i], Expect.Values(parameters[i]), 1e-12, 1e-12, $"parameter {i}");
        }
    }

    private static nn.Module Model() =>
        nn.Sequential(
            ("conv", nn.Conv2d(3, 4, 3)),
            ("block", Block()),
            ("own", new BatchNorm(4)),
            ("torchs", nn.BatchNorm2d(4)),
            ("layers", nn.LayerNorm(4)),
            ("deformed", new DeformableConv2d(4, 4, 1, 1, new DeformableSampling())),
            ("scale", new LearnedScale())
        );

    private static ConvolutionBlock Block() =>
        new(new Convolution2d(nn.Conv2d(3, 4, 3), stride: 1, padding: (0, 0), groups: 1), activate: true, NormFactory.Group(2));
}
