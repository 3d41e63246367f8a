using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>What code can ask of the types of a declaration, it can ask of their stubs.</summary>
public class StubSurfaceTests
{
    private const string Backbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8, InitialWeights = \"a.pth\" };";

    [Fact]
    public void AStub_HasEveryPublicMember()
    {
        var stub = Surface(Declared.Detector(Backbone + "public override Neck Neck => new Fpn(Levels: {|DDSL0007:3|});"));
        var whole = new[]
        {
            Declared.Detector(Backbone + "public override DetectionSelection Detections => new() { Calibration = new NorCal() };"),
            Declared.Detector(Backbone, architecture: "HtcLite"),
            Declared.Detector(Backbone, architecture: "SablFasterRcnn"),
            Declared.Detector(Backbone, architecture: "PisaMaskRcnn"),
            Declared.Detector(Backbone, architecture: "GuidedAnchoringFasterRcnn"),
            Declared.Detector(Backbone, architecture: "GuidedAnchoringRetinaNet"),
            Declared.Detector(Backbone, architecture: "Fcos"),
        }
            .SelectMany(Surface)
            .Distinct()
            .ToList();

        Assert.True(whole.Count > 100);
        Assert.Empty(whole.Except(stub));
    }

    /// <summary>The generated types, and the members of those that a user makes or is given; the layers' own members are the model's affair.</summary>
    private static HashSet<string> Surface(GeneratorTest test) =>
        [
            .. test.RunUnchecked()
                .Output.GlobalNamespace.GetTypeMembers()
                .Where(type =>
                    type.Name.StartsWith("Declared", StringComparison.Ordinal)
                    && type.Name != "Declared"
                    && type.DeclaredAccessibility == Accessibility.Public
                )
                .SelectMany(type =>
                    Generators.Planning.Code.GeneratedTypes.Layers.Any(type.Name.EndsWith)
                        ? [type.Name]
                        : type.GetMembers()
                            .Where(member =>
                                member
                                    is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false, IsOverride: false }
                                        and not IMethodSymbol { AssociatedSymbol: not null }
                                && !(member.Name == ".ctor" && type.IsValueType)
                            )
                            .Select(member => $"{type.Name}.{member.Name}")
                            .Append(type.Name)
                ),
        ];
}
