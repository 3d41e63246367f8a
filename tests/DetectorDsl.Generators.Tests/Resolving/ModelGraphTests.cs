using System.Collections;
using System.Reflection;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>Nothing that the pipeline keeps holds on to a compilation.</summary>
public class ModelGraphTests
{
    private static readonly Type[] Forbidden =
    [
        typeof(ISymbol),
        typeof(Compilation),
        typeof(SemanticModel),
        typeof(SyntaxNode),
        typeof(SyntaxTree),
        typeof(IOperation),
        typeof(Location),
        typeof(Diagnostic),
    ];

    [Fact]
    public void NoStage_HoldsASymbolNodeOrLocation()
    {
        var run = GeneratorTest
            .Of(
                """
                using DetectorDsl;
                [Component, OutputLevels(Strides = new[] { 8 }), Module(typeof(M))] public record Own(int Width = 8) : Neck;
                public class M { }
                [Detector]
                public partial record D : MaskRcnn
                {
                    public override Backbone Backbone => new ResNet({|DDSL0003:51|});
                    public override Optimizer Optimizer => {|DDSL0005:Optimizer|};
                    public override ValueList<Augmentation> Augmentations => [.. base.Augmentations];
                }
                [Detector] public partial record E : D { public override Backbone Backbone => new ResNet(50); public override Optimizer Optimizer => new Sgd(); public override Neck Neck => new Own(); }
                """
            )
            .Run();
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var stage in new[] { TrackingNames.Parse, TrackingNames.Resolve })
        {
            foreach (var output in run.Result.TrackedSteps[stage].SelectMany(step => step.Outputs))
            {
                Walk(output.Value, stage, visited);
            }
        }

        Assert.True(visited.Count > 100, $"only {visited.Count} objects were seen");
    }

    [Fact]
    public void AHeldNode_IsFound() =>
        Assert.ThrowsAny<Exception>(() =>
            Walk(
                new { Inner = new object[] { Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression("1") } },
                "",
                new(ReferenceEqualityComparer.Instance)
            )
        );

    private static void Walk(object? value, string path, HashSet<object> visited)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !visited.Add(value))
        {
            return;
        }
        Assert.False(Forbidden.Any(type => type.IsInstanceOfType(value)), $"{path} holds {value.GetType()}");
        if (value is IEnumerable items)
        {
            var index = 0;
            foreach (var item in items)
            {
                Walk(item, $"{path}[{index++}]", visited);
            }
        }

        for (
            var type = value.GetType();
            type is not null && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;
            type = type.BaseType
        )
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                Walk(field.GetValue(value), $"{path}.{field.Name}", visited);
            }
        }
    }
}
