using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Runtime.Tests.Weights.PyTorch;
using DetectorDsl.Weights;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

public sealed class WeightsVerbTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Weights", "PyTorch", "Fixtures");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void InspectListsTensors()
    {
        var run = Run("inspect", Path.Combine(Fixtures, "checkpoint.pth"));
        Assert.Equal(0, run.Code);
        Assert.Contains("conv.weight  Float32  [2, 3]", run.Output, StringComparison.Ordinal);
        Assert.Contains("5 tensors, 15 numbers", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ConvertKeepsNamesAndValues()
    {
        var target = folder.File("w.safetensors");
        Assert.Equal(0, Run("convert", Path.Combine(Fixtures, "legacy.pth"), target).Code);
        using var turned = SafetensorsFile.Open(target).Read("conv.turned");
        Assert.Equal([-1.5f, 4, 2, 5, 3.25f, 6], turned.data<float>().ToArray());
    }

    [Fact]
    public void OfSeveralParts_OneIsTakenByItsKey_AndTheOthersAreTold()
    {
        var path = folder.File("both.pth");
        List<(string, object)> model = [("w", View.Of(0, 1))],
            average = [("w", View.Of(0, 3))];
        File.WriteAllBytes(path, TorchArchive.Of(4, [("model", model), ("ema", average)]));
        var run = Run("inspect", path);
        Assert.Equal(0, run.Code);
        Assert.Contains("'model' was taken; it also holds 'ema' (1 tensors): --key ema takes that.", run.Output, StringComparison.Ordinal);
        Assert.Contains("w  Float32  [3]", Run("inspect", path, "--key", "ema").Output, StringComparison.Ordinal);
        var target = folder.File("w.safetensors");
        Assert.Equal(0, Run("convert", path, target, "--key", "ema").Code);
        Assert.Equal([3L], SafetensorsFile.Open(target).Describe("w").Shape.AsEnumerable());
        Run("inspect", path, "--key", "none").Fails(1, "--key");
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Run("inspect", folder.File("gone.pth")).Fails(1, folder.File("gone.pth"), "no such weights file");
        Run("inspect", Path.Combine(Fixtures, "evil.pth")).Fails(1, "posix.system");
        Run().Fails(2, "inspect and convert");
        Run("burn").Fails(2, "'burn'", "inspect, convert");
    }

    private static CommandLineRun Run(params string[] arguments) => CommandLineRun.Of(new HandWrittenTrainer(), ["weights", .. arguments]);
}
