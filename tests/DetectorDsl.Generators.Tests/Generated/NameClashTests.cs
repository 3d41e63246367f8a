using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DetectorDsl.Generators.Tests.Generated;

/// <summary>Types and namespaces of the user's may have any name that generated code uses by itself.</summary>
public class NameClashTests
{
    private const string Sets = """
        [CategorySet("animals.json")] public static partial class Animals { }
        """;

    private static readonly string[] Architectures =
    [
        "MaskRcnn",
        "HtcLite",
        "SablCascadeRcnn",
        "PisaMaskRcnn",
        "LibraFasterRcnn",
        "CarafeMaskRcnn",
        "GuidedAnchoringFasterRcnn",
        "GuidedAnchoringRetinaNet",
        "PisaRetinaNet",
        "Fcos",
    ];

    /// <summary>Names that code uses by themselves, each a type's, a namespace's, or a member's.</summary>
    private static readonly Lazy<IReadOnlyList<string>> Names = new(() =>
        [
            .. Run("namespace Zoo;", "")
                .Result.GeneratedSources.SelectMany(source =>
                    source.SyntaxTree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>()
                )
                .Where(name =>
                    name.Parent is not (AliasQualifiedNameSyntax or NameColonSyntax or MemberBindingExpressionSyntax)
                    && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
                    && !(name.Parent is QualifiedNameSyntax qualified && qualified.Right == name)
                )
                .Select(name => name.Identifier.ValueText)
                .Where(name =>
                    !name.StartsWith("Mine", StringComparison.Ordinal)
                    && name is not ("var" or "dynamic" or "nameof" or "Animals" or "Zoo")
                    && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ]
    );

    [Fact]
    public void TheNamesAreFound() =>
        Assert.Empty(
            new[] { "Tensor", "Device", "nn", "Option", "manual_seed", "Convolution2d", "IDisposable", "EvaluationRules" }.Except(
                Names.Value
            )
        );

    [Fact]
    public void ATypeBesideTheDeclaration_MayHaveAnyOfThem() => Compile("namespace Zoo;", "namespace Zoo;" + Types());

    [Fact]
    public void ANamespaceBesideTheDeclaration_MayHaveAnyOfThem() =>
        Compile("namespace Zoo;", string.Concat(Names.Value.Select(name => $"namespace Zoo.{name} {{ public class Thing; }}\n")));

    [Fact]
    public void ATypeOfAnEnclosingNamespace_MayHaveAnyOfThem() =>
        Compile("namespace Zoo.Inner;", $"global using Zoo; namespace Zoo {{ {Types()} }}");

    [Fact]
    public void InTheGlobalNamespace_TypesMayHaveAnyOfThem() => Compile("", Types());

    [Fact]
    public void InTheGlobalNamespace_GlobalUsingDirectivesMayBringInAnyOfThem() =>
        Compile(
            "",
            $"global using Other; global using static Other.Holder; global using Tensor = System.String; namespace Other {{ {Types("Tensor", "zeros")} public static class Holder {{ public static int zeros() => 0; }} }}"
        );

    private static string Types(params string[] except) =>
        string.Concat(Names.Value.Except(except).Select(name => $"public sealed class {name} {{ public int Thing {{ get; set; }} }}\n"));

    private static void Compile(string space, string around)
    {
        var found = Run(space, around)
            .Output.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id is not ("CS8981" or "CS1591"))
            .ToList();
        Assert.True(found.Count == 0, string.Join("\n", found.Take(40)));
    }

    private static GeneratorRun Run(string space, string around)
    {
        var declarations = string.Concat(
            Architectures.Select(architecture =>
                Declaration(
                    "Mine" + architecture,
                    architecture,
                    architecture.StartsWith("Carafe", StringComparison.Ordinal) ? "ShortSide = 500" : ""
                )
            )
        );
        return GeneratorTest
            .Of(
                $$"""
                {{space}}
                using global::DetectorDsl;
                {{Sets.Replace("CategorySet", "global::DetectorDsl.CategorySet", StringComparison.Ordinal)}}
                {{declarations}}
                """,
                around
            )
            .WithFile(
                "animals.json",
                """[{"id": 1, "name": "cat", "image_count": 4, "instance_count": 7}, {"id": 2, "name": "dog", "image_count": 4, "instance_count": 5}]"""
            )
            .WithRuntime()
            .AsProgram()
            .RunUnchecked();
    }

    /// <summary>Named in full, for the names of the vocabulary are among those that are taken.</summary>
    private static string Declaration(string name, string architecture, string preprocessing) =>
        $$"""
            [global::DetectorDsl.Detector, global::DetectorDsl.Categories(typeof(Animals))]
            public partial record {{name}} : global::DetectorDsl.{{architecture}}
            {
                public override global::DetectorDsl.Backbone Backbone => new global::DetectorDsl.ResNet(50) { FrozenStages = 1, InitialWeights = "a.pth", Deformable = new global::DetectorDsl.DeformableConvolution() };
                public override global::DetectorDsl.ImageSampler TrainSampler => new global::DetectorDsl.RepeatFactor(0.01);
                public override global::DetectorDsl.TrainingPlan Training => new() { TrainOnly = ["neck"], GradientStatistics = true };
                public override global::DetectorDsl.Preprocessing Preprocessing => new() { {{preprocessing}} };
                public override global::DetectorDsl.DataSource? Data => new global::DetectorDsl.DataFolder("shapes");
            }

            """;
}
