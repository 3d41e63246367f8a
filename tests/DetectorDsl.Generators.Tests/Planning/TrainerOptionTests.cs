using System.Text.RegularExpressions;
using DetectorDsl.Generators.Planning.Options;
using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>Options of the user's own components: they arrive whole, or are refused.</summary>
public class TrainerOptionTests
{
    private const string Backbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };";

    [Fact]
    public void ValuesOfEveryType_ArriveWhole()
    {
        var options = Declared
            .Detector(
                $"{Backbone} public override ImageSampler TrainSampler => new Own([0.25, 1e-9]) {{ @class = 3 }};",
                """
                using System.ComponentModel.DataAnnotations;
                public enum Order { Rising, Falling }
                public sealed class OwnSampler(
                    DetectorDsl.Data.Sampling.ImageClassIndex index, double[] portions, long big, float share, byte level, sbyte shift, short near, ushort far, uint count, ulong huge, Order order, string name, bool on, float plain, int @class)
                    : DetectorDsl.Data.Sampling.IImageSampler
                {
                    public int[] Epoch(int epoch) =>
                        [index.Labels.Length + portions.Length + (int)(big + level + shift + near + far + count + (long)huge + (long)(share + plain)) + name.Length + (int)order + (on ? 1 : 0) + @class];
                }

                [Component, Module(typeof(OwnSampler))]
                public record Own(
                    [property: TrainerOption, Range(0.0, 1.0)] ValueList<double> Portions,
                    [property: TrainerOption, Range(1, 9e18)] long Big = 5_000_000_000,
                    [property: TrainerOption, Range(0.1, 0.9)] float Share = 0.3f,
                    [property: TrainerOption, Range(0, 1000)] byte Level = 3,
                    [property: TrainerOption] sbyte Shift = -128,
                    [property: TrainerOption] short Near = -7,
                    [property: TrainerOption] ushort Far = 65535,
                    [property: TrainerOption] uint Count = 4_000_000_000,
                    [property: TrainerOption] ulong Huge = 9_000_000_000_000_000_000,
                    [property: TrainerOption] Order Order = Order.Falling,
                    [property: TrainerOption] string Name = "a\"b",
                    [property: TrainerOption] bool On = true,
                    float Plain = 0.1f) : ImageSampler
                {
                    [TrainerOption, Range(0.5, 3.5)] public int @class { get; init; } = 2;
                }
                """
            )
            .Run()["Declared.Options.g.cs"];

        Assert.Contains("public long Big { get; init; } = 5000000000;", options, StringComparison.Ordinal);
        Assert.Contains(
            "TrainerOptions.Whole<long>(\"--big\", \"\", value: 5000000000, min: 1, max: 9000000000000000000)",
            Joined(options),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "TrainerOptions.Single(\"--share\", \"\", value: 0.3f, min: 0.1f, max: 0.9f)",
            Joined(options),
            StringComparison.Ordinal
        );
        Assert.Contains("TrainerOptions.Whole<byte>(\"--level\", \"\", value: 3)", Joined(options), StringComparison.Ordinal);
        Assert.Contains("public ulong Huge { get; init; } = 9000000000000000000;", options, StringComparison.Ordinal);
        Assert.Contains("public global::Order Order { get; init; } = global::Order.Falling;", options, StringComparison.Ordinal);
        Assert.Contains("TrainerOptions.Integer(\"--class\", \"\", value: 3, min: 1, max: 3)", Joined(options), StringComparison.Ordinal);
        Assert.Contains("(\"--portions\", TrainerOptions.Joined(Portions))", Joined(options), StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptionThatNoCommandLineGives_IsRefused() =>
        GeneratorTest
            .Of(
                """
                using DetectorDsl;
                [Component] public record Lists([property: TrainerOption] ValueList<int> {|DDSL0038:Sizes|}, [property: TrainerOption] ValueList<string> {|DDSL0038:Names|}) : ImageSampler;
                [Component] public record Part([property: TrainerOption] Normalization {|DDSL0038:Norm|}) : ImageSampler;
                """
            )
            .Run();

    [Fact]
    public void ANameOfTheTrainersOwn_IsRefused()
    {
        string[] names =
        [
            "Data",
            "Seed",
            "Output",
            "Help",
            "Version",
            "Lasting",
            "ToString",
            "GetHashCode",
            "TrainImages",
            "DeclaredOptions",
        ];
        Declared
            .Sources(
                $$"""
            #pragma warning disable CS9113, CS0108
            using DetectorDsl;
            public sealed class OwnSampler(DetectorDsl.Data.Sampling.ImageClassIndex index) : DetectorDsl.Data.Sampling.IImageSampler { public int[] Epoch(int epoch) => []; }
            {{string.Concat(names.Where(name => name is not ("ToString" or "GetHashCode" or "DeclaredOptions")).Select(name => $$"""
                [Component, Module(typeof(OwnSampler))] public record Own{{name}}([property: TrainerOption] int {|DDSL0013:{{name}}|} = 3) : ImageSampler;
                [Detector, Categories(typeof(Animals))] public partial record With{{name}} : MaskRcnn { {{Backbone}} public override ImageSampler TrainSampler => new Own{{name}}(); }

                """))}}
            // Two options of one name, which the slot alone does not tell apart.
            public sealed class OwnScores { public TorchSharp.torch.Tensor Apply(TorchSharp.torch.Tensor scores) => scores; }
            [Component, Module(typeof(OwnScores))] public record Calibrated([property: TrainerOption] double {|DDSL0013:NmsIou|} = 0.3) : ScoreCalibration;
            [Detector, Categories(typeof(Animals))] public partial record WithCalibration : MaskRcnn { {{Backbone}} public override DetectionSelection Detections => new() { Calibration = new Calibrated() }; }
            """
            )
            .Run();
    }

    /// <summary>An option that a verb with options of the declaration has of its own is among the names that are refused.</summary>
    [Fact]
    public void TheTrainersOwnNames_AreKnown()
    {
        string[] verbs =
        [
            "DataOptions",
            "WeightsOptions",
            "RunOptions",
            "TrainVerb",
            "EvaluateVerb",
            "PredictVerb",
            "PreviewVerb",
            "ResultsEvaluation",
            "ImageIds",
            "DescribeVerb",
        ];
        var own = verbs
            .Select(verb => File.ReadAllText(Repository.Path($"src/DetectorDsl.Hosting/CommandLine/{verb}.cs")))
            .SelectMany(text =>
                Regex
                    .Matches(text, "(?:new(?: Option<[^>]*>+)?|Path|Choice|NamingOption)\\(\"(--[a-z-]+)\"")
                    .Select(match => match.Groups[1].Value)
            )
            .Append("--help")
            .Append("--version")
            .Distinct()
            .ToList();
        Assert.True(own.Count > 15);
        Assert.Empty(own.Except(ReservedOptions.Switches));
    }

    /// <summary>Without the breaks of long lines.</summary>
    private static string Joined(string code) => Regex.Replace(code, @"\(\n\s+|,\n\s+", match => match.Value[0] == '(' ? "(" : ", ");
}
