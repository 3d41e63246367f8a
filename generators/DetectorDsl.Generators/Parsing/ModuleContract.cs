using System.Collections.Immutable;
using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>What the class must be that does the work of a component of a kind.</summary>
/// <param name="Component">Metadata name of the kind.</param>
/// <param name="Type">Metadata name of the class or interface that it derives from; empty where a method will do.</param>
/// <param name="Arguments">What a generic base takes; empty for a plain one.</param>
/// <param name="Method">The method that it has, and what generated code passes; null where the base says it all.</param>
internal sealed record ModuleContract(string Component, string Type, ImmutableArray<string> Arguments, MethodContract? Method)
{
    private const string Tensor = "TorchSharp.torch+Tensor";
    private const string Module = "TorchSharp.torch+nn+Module`2";
    private const string Maps = Tensor + "[]";

    private static readonly MethodContract BoxLoss = new(
        "forward",
        "forward(Tensor, Tensor, Tensor?, double)",
        [Tensor, Tensor, Tensor, "System.Double"]
    );
    private static readonly MethodContract MaskLoss = new("forward", "forward(Tensor, Tensor, Tensor)", [Tensor, Tensor, Tensor]);
    private static readonly MethodContract Calibration = new("Apply", "Apply(Tensor)", [Tensor]);

    private static readonly ImmutableArray<ModuleContract> All =
    [
        new("DetectorDsl.Backbone", Module, [Tensor, Maps], null),
        new("DetectorDsl.Neck", Module, [Maps, Maps], null),
        new("DetectorDsl.Classifier", Module, [Tensor, Tensor], null),
        new("DetectorDsl.MaskPredictor", Module, [Tensor, Tensor], null),
        new("DetectorDsl.ClassificationLoss", "DetectorDsl.Torch.Losses.ClassificationLoss", [], null),
        new("DetectorDsl.BoxLoss", "", [], BoxLoss),
        new("DetectorDsl.OverlapLoss", "", [], BoxLoss),
        new("DetectorDsl.MaskLoss", "", [], MaskLoss),
        new("DetectorDsl.BoxCoder", "DetectorDsl.Detection.BoxCoding.IBoxCoder", [], null),
        new("DetectorDsl.BoxAssigner", "DetectorDsl.Detection.Matching.IBoxAssigner", [], null),
        new("DetectorDsl.BoxSampler", "DetectorDsl.Detection.Sampling.IBoxSampler", [], null),
        new("DetectorDsl.ScoreCalibration", "", [], Calibration),
        new("DetectorDsl.ImageSampler", "DetectorDsl.Data.Sampling.IImageSampler", [], null),
        new("DetectorDsl.Augmentation", "DetectorDsl.Data.Augmentation.IAugmentation", [], null),
        new("DetectorDsl.Optimizer", "DetectorDsl.Training.Optimization.Optimizer", [], null),
        new("DetectorDsl.Schedule", "DetectorDsl.Training.Schedules.LearningRateSchedule", [], null),
    ];

    /// <summary>What is wrong with a component's class, as a message ends; null where nothing is.</summary>
    public static string? Fault(FoldContext context, INamedTypeSymbol module, int terms, LogitsInfo? logits, LossNeedsInfo? needs)
    {
        if (All.FirstOrDefault(candidate => Derives(context.Type, candidate.Component)) is not { } contract)
        {
            return null;
        }
        if (contract.BaseFault(context, module) is { } fault)
        {
            return fault;
        }
        if (contract.Component != "DetectorDsl.ClassificationLoss")
        {
            return contract.Method?.Fault(context, module, terms: 1);
        }
        if (logits is { PerRegion: true } && LacksBase(context, module, "DetectorDsl.Torch.Losses.IRegionLosses"))
        {
            return "is no DetectorDsl.Torch.Losses.IRegionLosses, as [Logits(PerRegion = true)] states. Implement it, or state false.";
        }
        return ForwardOf(needs).Fault(context, module, terms);
    }

    private static MethodContract ForwardOf(LossNeedsInfo? needs)
    {
        var words = "forward(Tensor, Tensor, Tensor?, double";
        var types = BoxLoss.Arguments;
        if (needs is { StepSeed: true })
        {
            (words, types) = (words + ", long", types.Add("System.Int64"));
        }
        if (needs is { Objects: true })
        {
            (words, types) = (words + ", IReadOnlyList<long>", types.Add("System.Int64[]"));
        }
        return new MethodContract("forward", words + ")", types);
    }

    private string? BaseFault(FoldContext context, INamedTypeSymbol module)
    {
        if (Type.Length == 0 || context.FindType(Type) is not INamedTypeSymbol wanted)
        {
            return null;
        }
        if (wanted.IsGenericType)
        {
            ITypeSymbol?[] arguments = [.. Arguments.Select(context.FindType)];
            if (arguments.Any(static argument => argument is null))
            {
                return null;
            }
            wanted = wanted.Construct([.. arguments.Select(static argument => argument!)]);
        }

        return context.ConvertsImplicitly(module, wanted)
            ? null
            : $"is no {wanted.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}. Derive it from that.";
    }

    private static bool LacksBase(FoldContext context, INamedTypeSymbol module, string type) =>
        context.FindType(type) is { } wanted && !context.ConvertsImplicitly(module, wanted);

    private static bool Derives(INamedTypeSymbol type, string component)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.HasFullName(component))
            {
                return true;
            }
        }

        return false;
    }
}
