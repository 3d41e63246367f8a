using DetectorDsl.Generators.Tests.Helpers;
using DetectorDsl.Generators.Tests.Planning;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>Declarations in forms for which nothing can be generated: the mistake is shown, and stands alone, with the runtime at hand and code around that uses what is missing.</summary>
public class WrongFormTests
{
    private const string WithBackbone = "public override Backbone Backbone => new ResNet(50);";
    private const string Attributes = "[Detector, Categories(typeof(Animals))]";

    [Fact]
    public void AWrongForm_IsShownAlone() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                using DetectorDsl.Data.Datasets;
                using static TorchSharp.torch;
                namespace Zoo
                {
                    public static class Outer { {{Attributes}} public partial record {|DDSL0015:InClass|} : MaskRcnn { {{WithBackbone}} } }
                    public partial struct Value { {{Attributes}} internal partial record {|DDSL0015:InStruct|} : MaskRcnn { {{WithBackbone}} } }
                    public record Inner<T> { {{Attributes}} public partial record {|DDSL0015:InGeneric|} : MaskRcnn { {{WithBackbone}} } }
                    {{Attributes}} public partial record {|DDSL0015:Generic|}<T> : MaskRcnn { {{WithBackbone}} }
                    {{Attributes}} file partial record {|DDSL0015:Hidden|} : MaskRcnn { {{WithBackbone}} }
                    [{|CS0592:Detector|}] public partial record struct Structure;
                    [{|CS0592:Detector|}] public partial interface IFace;
                    [{|CS0592:Component|}] public record struct Part(int Width);
                    {{Attributes}} public record {|DDSL0014:Whole|} : MaskRcnn { {{WithBackbone}} }

                    // Two of one name, of which one stub stands in for both, and none where a proper declaration has the name.
                    public static class First { {{Attributes}} public partial record {|DDSL0015:Twin|} : MaskRcnn { {{WithBackbone}} } }
                    public static class Second { {{Attributes}} public partial record {|DDSL0015:Twin|} : MaskRcnn { {{WithBackbone}} } }
                    public static class Third { {{Attributes}} public partial record {|DDSL0015:Proper|} : MaskRcnn { {{WithBackbone}} } }
                    {{Attributes}} public partial record Proper : MaskRcnn { {{WithBackbone}} }

                    public static class User
                    {
                        public static object Options => new InClassOptions { Epochs = 2, LearningRate = 0.1 };
                        public static object Detect(GenericModel model, Tensor images) => model.Detect(images, [], new GenericOptions());
                        public static object Trainer => new DetectorDsl.Hosting.Trainers.DetectorTrainer[] { new TwinTrainer(), new ProperTrainer(), new WholeTrainer() };
                        public static object Load() => HiddenDetector.Load(new("a"), new HiddenOptions(), CPU);
                        public static object Batches(DetectionDataset data) => InGenericTraining.OpenBatches(new InGenericOptions(), data, 0);
                        public static object Names => (StructureDescription.Identity, StructureCategories.All, StructureNames.Model, typeof(IFaceModel));
                    }
                }
                """
            )
            .Run();

    /// <summary>Names of a stub that a type of the user's has are told, instead of being declared twice.</summary>
    [Fact]
    public void ATypeOfAGeneratedName_BesideAWrongDeclaration_IsShown() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                {{Attributes}} public partial record {|DDSL0013:Mine|} : MaskRcnn { public override Backbone Backbone => new ResNet({|DDSL0003:19|}); }
                public class MineModel;
                {{Attributes}} public partial record Yours : MaskRcnn { public override Backbone Backbone => new ResNet({|DDSL0003:19|}); }
                public class YoursBackbone;
                """
            )
            .Run();

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp10)]
    public void AnOldCSharp_IsTheOnlyMistake(LanguageVersion version)
    {
        var run = GeneratorTest
            .Of(
                $$"""
                using DetectorDsl;
                [CategorySet("c.json")] public static partial class Set { }
                [Detector, Categories(typeof(Set))] public partial record {|DDSL0055:Mine|} : MaskRcnn { {{WithBackbone}} }
                public static class User { public static object Model() => new MineModel(); }
                """
            )
            .WithFile("c.json", """[{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]""")
            .WithRuntime()
            .WithLanguage(version)
            .AsProgram()
            .Run();
        Assert.Contains("Mine.ResolvedStub.g.cs", run.FileNames);
    }

    [Fact]
    public void AnErrorOfTheCompilers_StandsAlone() =>
        Declared
            .Sources(
                $$"""
                using DetectorDsl;
                {{Attributes}} public partial record Mine : MaskRcnn { {{WithBackbone}} public override TrainingPlan Training => new() { BatchSize = {|CS0220:int.MaxValue + 1|} }; }
                """
            )
            .Run();

    [Fact]
    public void AProgramWithoutTheRuntime_IsTold() =>
        GeneratorTest
            .Of(
                $$"""
                using DetectorDsl;
                [Detector] public partial record {|DDSL0054:Mine|} : MaskRcnn { {{WithBackbone}} }
                public static class Program { public static void Main() { } }
                """
            )
            .AsProgram()
            .Run();
}
