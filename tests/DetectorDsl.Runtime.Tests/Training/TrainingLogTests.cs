using System.Text.Json.Nodes;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Training;

public sealed class TrainingLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;
    private readonly List<string> told = [];

    public TrainingLogTests() => path = folder.File("log.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EachEntryIsALine()
    {
        using (var log = new TrainingLog(path, told.Add))
        {
            log.Write("step", KeyValuePair.Create<string, JsonNode?>("step", 3), KeyValuePair.Create<string, JsonNode?>("loss", 0.5));
            log.Write(
                "note",
                KeyValuePair.Create<string, JsonNode?>("text", "two\nlines"),
                KeyValuePair.Create<string, JsonNode?>("none", null)
            );

            // At once, not when the file is closed: a killed run leaves what it had.
            Assert.Equal(2, Lines().Length);
        }

        using (var log = new TrainingLog(path, told.Add))
        {
            log.Write("end");
        }

        Assert.Equal(
            ["""{"kind":"step","step":3,"loss":0.5}""", """{"kind":"note","text":"two\nlines","none":null}""", """{"kind":"end"}"""],
            Lines()
        );
        Assert.DoesNotContain('\r', File.ReadAllText(path));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void DivergedLosses_AreWritten(double loss, string text)
    {
        using (var log = new TrainingLog(path, told.Add))
        {
            log.Write(
                "step",
                KeyValuePair.Create<string, JsonNode?>("loss", loss),
                KeyValuePair.Create<string, JsonNode?>("losses", new JsonObject { ["single"] = (float)loss })
            );
        }

        Assert.Equal([$$$"""{"kind":"step","loss":"{{{text}}}","losses":{"single":"{{{text}}}"}}"""], Lines());
    }

    [Fact]
    public void HalfALineOfAKilledRun_StaysALineOfItsOwn()
    {
        File.WriteAllText(path, "{\"kind\":\"step\"}\n{\"kind\":\"st");
        using (var log = new TrainingLog(path, told.Add))
        {
            log.Write("end");
        }

        Assert.Equal(["""{"kind":"step"}""", """{"kind":"st""", """{"kind":"end"}"""], Lines());
    }

    [Fact]
    public void NumbersDoNotDependOnTheLanguage()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            using var log = new TrainingLog(path, told.Add);
            log.Write("step", KeyValuePair.Create<string, JsonNode?>("loss", 0.25));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }

        Assert.Equal(["""{"kind":"step","loss":0.25}"""], Lines());
    }

    [Fact]
    public void WhatDoesNotBelongIsCut_FromTheFirstSuchLineOn()
    {
        File.WriteAllText(path, "{\"kind\":\"step\",\"step\":1}\n{\"kind\":\"step\",\"step\":2}\n{\"kind\":\"step\",\"step\":1}\n{\"ki");
        using (var log = new TrainingLog(path, told.Add, line => line.GetProperty("step").GetInt32() < 2))
        {
            Assert.Equal(1, log.LastKept!.Value.GetProperty("step").GetInt32());
            log.Write("end");
        }

        Assert.Equal(["""{"kind":"step","step":1}""", """{"kind":"end"}"""], Lines());
        Assert.Empty(told);
    }

    [Fact]
    public void LinesOfAPlaceThatCannotBeWritten_WaitUntilItCan()
    {
        Directory.CreateDirectory(path);
        using (var log = new TrainingLog(path, told.Add))
        {
            log.Write("first");
            log.Write("second");
            Assert.Contains("the log cannot be written", Assert.Single(told), StringComparison.Ordinal);
            Directory.Delete(path);
            log.Write("third");
        }

        Assert.Equal(["""{"kind":"first"}""", """{"kind":"second"}""", """{"kind":"third"}"""], Lines());
        Assert.Single(told);
    }

    [SkippableFact]
    public void AFullDiskEndsNothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has a device that is always full.");
        File.CreateSymbolicLink(path, "/dev/full");
        using var log = new TrainingLog(path, told.Add, _ => true);
        log.Write("first");
        log.Write("second");
        Assert.Contains(path, Assert.Single(told), StringComparison.Ordinal);
    }

    private string[] Lines()
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
