using System.Text.RegularExpressions;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>Which anchors take part and what losses are divided by: torchvision's presets keep their own rules.</summary>
public sealed partial class AnchorsInPaddingTests
{
    [Theory]
    [InlineData("MaskRcnn", "inPadding: false", "exactDivisor: false")]
    [InlineData("CascadeRcnn", "inPadding: false", "exactDivisor: false")]
    [InlineData("RetinaNet", "inPadding: false")]
    [InlineData("TorchvisionMaskRcnn", "inPadding: true", "exactDivisor: true")]
    [InlineData("TorchvisionFasterRcnn", "inPadding: true", "exactDivisor: true")]
    [InlineData("TorchvisionRetinaNet", "inPadding: true")]
    public void BySystem(string architecture, params string[] arguments)
    {
        var text = Declared
            .Detector("public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };", architecture: architecture)
            .Run()
            .AllText;
        Assert.Equal(arguments, Arguments().Matches(text).Select(match => match.Value));
    }

    [GeneratedRegex(@"(inPadding|exactDivisor): \w+")]
    private static partial Regex Arguments();
}
