using System.Text;
using DetectorDsl.Hosting;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>A console that is full or closed ends no run; a text that was asked for is written or fails.</summary>
public sealed class ConsoleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ConsoleTests() => TinyData.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ARunGoesOnWithoutItsConsole_AndSaysSoOnce()
    {
        using var full = new FullWriter();
        using var error = new StringWriter();
        var trainer = new HandWrittenTrainer { TruthFile = folder.File("val.json") };
        Assert.Equal(0, TrainerCommandLine.Run(["train", "--data", folder.Path, "--output", folder.File("out")], [trainer], full, error));
        Assert.True(full.Attempts > 3);
        Assert.True(File.Exists(folder.File("out/metrics.json")));
        Assert.Equal("The console cannot be written (no room); the work goes on without it.", error.ToString().Trim());
        Assert.Equal(0, TrainerCommandLine.Run(["evaluate", "--data", folder.Path, "--output", folder.File("out")], [trainer], full, full));
    }

    [Fact]
    public void ATextThatWasAskedForFails()
    {
        using var full = new FullWriter();
        using var error = new StringWriter();
        Assert.Equal(1, TrainerCommandLine.Run(["describe"], [new HandWrittenTrainer()], full, error));
        Assert.Contains("no room", error.ToString(), StringComparison.Ordinal);
    }

    private sealed class FullWriter : TextWriter
    {
        public int Attempts { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            Attempts++;
            throw new IOException("no room");
        }
    }
}
