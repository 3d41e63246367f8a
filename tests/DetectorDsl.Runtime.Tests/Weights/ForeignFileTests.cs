using System.Text;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights;

/// <summary>Files that are named as weights and are something else, and weights in several files.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "git lfs pull")]
    [InlineData("<!DOCTYPE html><html>Sign in</html>", "HTML")]
    [InlineData("\n<HTML lang='en'>", "HTML")]
    [InlineData("\u001f\u008b\u0008\0\0\0\0\0", "gzip")]
    [InlineData("(\u00b5/\u00fd\0\0\0\0\0\0\0\0", "zstd")]
    [InlineData("\u0089HDF\r\n\u001a\n\0\0\0\0", "HDF5")]
    [InlineData("epoch,loss\n1,2\n", "a text")]
    [InlineData("{\"metadata\": {}}", "a JSON text")]
    [InlineData("{\"weight_map\": [1]}", "a JSON text")]
    [InlineData("", "it holds nothing")]
    public void TheMessageSaysWhatTheFileIs(string content, string what)
    {
        foreach (var path in new[] { folder.File("w.pth"), folder.File("w.safetensors") })
        {
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
            var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
            Assert.StartsWith(path, message, StringComparison.Ordinal);
            Assert.Contains(what, message, StringComparison.Ordinal);
            Assert.DoesNotContain("opy it again", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("F8_E4M3", "'F8_E4M3', which is not supported (a float of 8 bits)")]
    [InlineData("F8_E5M2", "a float of 8 bits")]
    [InlineData("C64", "'C64', which is not supported")]
    public void ATypeThatIsNotSupported_IsNamed_NotCalledDamage(string type, string what)
    {
        var path = folder.File("w.safetensors");
        File.WriteAllBytes(path, SafetensorsText.Of($$$"""{"w":{"dtype":"{{{type}}}","shape":[4],"data_offsets":[0,4]}} """, 4));
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains("Name a file of F32", message, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsInSeveralFiles_AreReadThroughTheirIndex()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            folder.File("a-00001-of-00002.safetensors"),
            [KeyValuePair.Create("a", ones(2)), KeyValuePair.Create("b", zeros(1))],
            new Dictionary<string, string>()
        );
        File.WriteAllBytes(folder.File("pytorch-00002-of-00002.bin"), PyTorch.TorchArchive.Of(4, [("c", PyTorch.View.Of(1, 3))]));
        var file = Index(
            """{"metadata": {"total_size": 24}, "weight_map": {"a": "a-00001-of-00002.safetensors", "b": "a-00001-of-00002.safetensors", "c": "pytorch-00002-of-00002.bin"}}"""
        );
        Assert.Equal(["a", "b", "c"], file.TensorNames);
        Assert.Equal([1, 1], Expect.Values(file.Read("a")));
        var target = zeros(3);
        file.CopyTo("c", target);
        Assert.Equal([1, 2, 3], Expect.Values(target));
    }

    [Theory]
    [InlineData("gone.safetensors", "its part 'gone.safetensors' is missing")]
    [InlineData("../w.safetensors", "is no name of a file beside it")]
    [InlineData("w.index.json", "not a safetensors file|no file of weights")]
    [InlineData("w.safetensors", "lacks the tensor 'a'")]
    public void AnIndexWhosePartsAreNotThere_IsRefused(string part, string what)
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(folder.File("w.safetensors"), [KeyValuePair.Create("other", ones(2))], new Dictionary<string, string>());
        Assert.Matches(what, Assert.Throws<WeightsException>(() => Index($$$"""{"weight_map": {"a": "{{{part}}}"}}""")).Message);
    }

    private WeightsFile Index(string json)
    {
        File.WriteAllText(folder.File("w.index.json"), json);
        return WeightsFile.Open(folder.File("w.index.json"));
    }
}
