using DetectorDsl.Generators.Tests.Helpers;
using Xunit;

namespace DetectorDsl.Generators.Tests.Parsing;

/// <summary>A diagnostic lies in a source of the compilation, so that a pragma reaches it.</summary>
public class SilencedDiagnosticTests
{
    [Theory]
    [InlineData("#pragma warning disable DDSL0003", "51")]
    [InlineData("", "{|DDSL0003:51|}")]
    public void APragma_SilencesADiagnostic(string pragma, string depth) =>
        GeneratorTest
            .Of(
                $$"""
                using DetectorDsl;
                [Detector]
                public partial record D : MaskRcnn
                {
                {{pragma}}
                    public override Backbone Backbone => new ResNet({{depth}});
                #pragma warning restore
                }
                """
            )
            .Run();
}
