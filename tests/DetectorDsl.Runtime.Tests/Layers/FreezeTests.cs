using DetectorDsl.Torch.Layers;
using DetectorDsl.Torch.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Layers;

/// <summary>Training parts of a model only.</summary>
public sealed class FreezeTests
{
    [Fact]
    public void OnlyTheNamedModules_GetGradients()
    {
        using var model = new Parts();
        Freeze.AllBut(model, "head.last");
        Assert.Equal(
            ["head.last.bias", "head.last.weight"],
            model.named_parameters().Where(item => item.parameter.requires_grad).Select(item => item.name).Order()
        );
    }

    [Fact]
    public void AGroupOfModules_IsAllBelowIt()
    {
        using var model = new Parts();
        Freeze.AllBut(model, "head");
        Assert.Equal(4, model.named_parameters().Count(item => item.parameter.requires_grad));
    }

    [Fact]
    public void ANameThatIsOnlyTheBeginningOfOne_IsRefused()
    {
        using var model = new Parts();
        Assert.Contains(
            "no module 'hea'",
            Assert.Throws<ArgumentException>(() => Freeze.AllBut(model, "hea")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void WhatIsNotTrained_IsInEvaluationMode_ButLossesCount()
    {
        using var model = new Parts();
        model.train();
        Freeze.EvaluateAllBut(model, "head.last");
        Assert.Equal(
            ["head", "head.last", "head.loss"],
            model.named_modules().Where(item => item.name.Length > 0 && item.module.training).Select(item => item.name).Order()
        );
    }

    private sealed class Parts : nn.Module
    {
        public Parts()
            : base(nameof(Parts))
        {
            register_module("backbone", nn.BatchNorm2d(3));
            register_module("head", new Head());
        }

        protected override void RegisterComponents() { }
    }

    private sealed class Head : nn.Module
    {
        public Head()
            : base(nameof(Head))
        {
            register_module("first", nn.Linear(2, 2));
            register_module("last", nn.Linear(2, 2));
            register_module("loss", new SeesawLoss(2));
        }

        protected override void RegisterComponents() { }
    }
}
