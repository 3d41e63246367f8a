using DetectorDsl.Detection.Convolutions;
using DetectorDsl.Runtime.Tests.Hosting;
using DetectorDsl.Runtime.Tests.Native;
using DetectorDsl.Torch.Convolutions;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Convolutions;

/// <summary>The form belongs to a process, so each choice is made in one of its own.</summary>
public sealed class ConvolutionChoiceTests : IDisposable
{
    private readonly TemporaryFolder cache = new();

    public void Dispose() => cache.Dispose();

    [Fact]
    public void AProgramThatHoldsADetector_AsksNobody_AndTakesTheSafeForm()
    {
        Assert.Equal("products, asked 0", Choose("large", "nobody"));
        Assert.False(Directory.Exists(cache.File("detectordsl/convolutions")));
    }

    [Fact]
    public void AnAnswer_IsKeptForAllPrograms()
    {
        Assert.Equal("library, asked 1", Choose("large", "library"));
        Assert.Equal("library, asked 0", Choose("large", "products"));
        Assert.Equal("library, asked 0", Choose("large", "nobody"));
    }

    [Fact]
    public void AFormOutOfTheOrdinary_IsToldOnce()
    {
        Assert.Equal("products, asked 1, told products", Choose("large", "products"));
        Assert.Equal("products, asked 0, told products", Choose("large", "library"));
    }

    [Fact]
    public void WhatCannotBeFoundOut_IsNotKept()
    {
        Assert.Equal("products, asked 1, told products", Choose("large", "unknown"));
        Assert.Equal("library, asked 1", Choose("large", "library"));
    }

    [Fact]
    public void ASmallNetwork_PaysNothing() => Assert.Equal("library, asked 0", Choose("small", "products"));

    [Theory]
    [InlineData("products")]
    [InlineData("plain")]
    [InlineData("library")]
    public void AForcedForm_IsTakenWhateverTheNetwork(string form)
    {
        Assert.Equal($"{form}, asked 0", Choose("small", "library", form));
        Assert.Equal($"{form}, asked 0", Choose("large", "products", form));
    }

    // The first process ends in the library's form, the second runs.
    [Fact]
    public void AFormThatEndsTheProcess_GivesWayToTheNext()
    {
        Assert.Equal("products, asked 1, told products", Choose("large", "processes"));
        Assert.Equal("products, asked 0, told products", Choose("large", "processes"));
    }

    [Theory]
    [InlineData(0, "Runs")]
    [InlineData(136, "Fails")]
    [InlineData(139, "Fails")]
    [InlineData(-1073741676, "Fails")]
    [InlineData(70, "Fails")]
    [InlineData(130, "Unknown")]
    [InlineData(137, "Unknown")]
    [InlineData(143, "Unknown")]
    [InlineData(1, "Unknown")]
    public void OnlyTheProcessorsFaults_SpeakAgainstAForm(int code, string outcome) =>
        Assert.Equal(outcome, ConvolutionOutcomes.Of(code).ToString());

    private string Choose(string network, string answer, string? forced = null)
    {
        var arguments = new[] { StartedProcess.Choose, network, answer };
        using var process = StartedProcess.Start(arguments, new() { ["XDG_CACHE_HOME"] = cache.Path, [ConvolutionForm.Variable] = forced });
        var (output, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error);
        return output.Trim();
    }
}
