using System.Text;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public SafetensorsFileTests() => path = folder.File("weights.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryTypeAndShapeComesBack()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = new()
        {
            ["b.weight"] = Filling.Fill(1, [2, 3, 4], -1, 1, ScalarType.Float32),
            ["a.weight"] = Filling.Fill(2, [5], -1, 1),
            ["scalar"] = tensor(7L),
            ["empty"] = zeros(0, 3),
            ["turned"] = Filling.Fill(3, [3, 5], -1, 1, ScalarType.Float32).t(),
            ["Ünïcode \"quoted\""] = tensor(new byte[] { 1, 2, 255 }),
        };
        foreach (
            var type in new[]
            {
                ScalarType.Float16,
                ScalarType.BFloat16,
                ScalarType.Int8,
                ScalarType.Int16,
                ScalarType.Int32,
                ScalarType.Bool,
            }
        )
        {
            tensors[$"type.{type}"] = Filling.Fill(4, [3], -2, 2).to(type);
        }

        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { ["step"] = "12", ["note"] = "ä\n\"" });
        var file = SafetensorsFile.Open(path);
        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), file.TensorNames);
        Assert.Equal("12", file.Metadata["step"]);
        Assert.Equal("ä\n\"", file.Metadata["note"]);
        foreach (var (name, expected) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal(expected.dtype, read.dtype);
            Expect.Close(expected, read, 0, 0, name);
        }

        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void BytesAreThoseOfTheFormat()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(path, [KeyValuePair.Create("w", tensor(new float[] { 1, -2 }))], new Dictionary<string, string>());
        const string Header = """{"__metadata__":{},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        var bytes = File.ReadAllBytes(path);

        // 72 characters of header: a multiple of eight, so no blanks follow. 1f = 0000803f, -2f = 000000c0 in memory.
        Assert.Equal(Header.Length, BitConverter.ToInt64(bytes));
        Assert.Equal(Header, Encoding.UTF8.GetString(bytes[8..(8 + Header.Length)]));
        Assert.Equal(Convert.FromHexString("0000803f000000c0"), bytes[(8 + Header.Length)..]);
    }

    [Fact]
    public void FileWrittenByOthers_IsRead()
    {
        File.WriteAllBytes(
            path,
            SafetensorsText.Of(
                """{"b":{"data_offsets":[4,6],"shape":[2,1],"dtype":"U8"},"a":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}   """,
                6
            )
        );
        var file = SafetensorsFile.Open(path);
        Assert.Empty(file.Metadata);
        using var a = file.Read("a");
        using var b = file.Read("b");
        Assert.Equal(0x03020100, a.item<int>());
        Assert.Equal([4, 5], Expect.Values(b));
        Assert.Equal([2, 1], b.shape);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "cannot lie at 4..12")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "cannot lie at 8..0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "12 bytes")]
    [InlineData("""{"w":{"dtype":"U8","shape":[1],"data_offsets":[9223372036854775807,-9223372036854775808]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":{"a":0}}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,1e99]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":[1,2]}""", "malformed")]
    [InlineData("""{"w":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "'F8_E4M3', which is not supported")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""",
        "overlap or a gap"
    )]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""",
        "overlap or a gap"
    )]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""",
        "overlap or a gap"
    )]
    [InlineData("""{"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]}}""", "take 6 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "twice")]
    [InlineData("""[1,2,3]""", "the header is malformed")]
    [InlineData("""{"__metadata__":[1],"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'__metadata__' is malformed")]
    [InlineData("""{"__metadata__":{"a":1},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'__metadata__.a' is malformed")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "no valid text")]
    [InlineData("""{"w":""", "no valid JSON")]
    [InlineData("not JSON at all", "no valid JSON")]
    public void DamagedHeader_IsRefusedByName(string header, string message)
    {
        File.WriteAllBytes(path, SafetensorsText.Of(header, 8));
        var error = Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void ClaimedHeaderLength_IsChecked(long claimed)
    {
        File.WriteAllBytes(path, SafetensorsText.Of("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, claimed));
        Assert.Contains(
            $"claims {claimed} bytes",
            Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void DeepJson_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 100_000)) + "1" + new string('}', 100_000);
        File.WriteAllBytes(path, SafetensorsText.Of(deep, 0));
        Assert.Contains("malformed", Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"U8","dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "has it twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"more":1}}""", "it has 'more'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"},"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'a' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{},"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'__metadata__' twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}} {}""", "no valid JSON")]
    [InlineData("""{"w":{"dtype":"U8","shape":[[8]],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("""{"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8,8]}}""", "more than 2")]
    [InlineData("""{"w":{"dtype":"U8","shape":[8.0],"data_offsets":[0,8]}}""", "malformed")]
    public void WhatTheFormatDoesNotAllow_IsRefused(string header, string message) => DamagedHeader_IsRefusedByName(header, message);

    [Fact]
    public void MoreAxesThanTorchHas_AreRefused()
    {
        string Axes(int count) =>
            $$$"""{"w":{"dtype":"U8","shape":[{{{string.Join(',', Enumerable.Repeat(1, count - 1).Append(8))}}}],"data_offsets":[0,8]}}""";
        File.WriteAllBytes(path, SafetensorsText.Of(Axes(64), 8));
        using var read = SafetensorsFile.Open(path).Read("w");
        Assert.Equal(64, read.dim());
        DamagedHeader_IsRefusedByName(Axes(65), "more than 64");
    }

    [Fact]
    public void BrokenText_IsRefused()
    {
        var file = SafetensorsText.Of("""{"w?":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", 8);
        file[Array.IndexOf(file, (byte)'?')] = 0xff;
        File.WriteAllBytes(path, file);
        Assert.StartsWith(path, Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesGoStraightIntoATensor_OrAreConverted()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            path,
            [KeyValuePair.Create("w", tensor(new float[] { 1, -2, 3, 4 }, [2, 2]))],
            new Dictionary<string, string>()
        );
        var file = SafetensorsFile.Open(path);
        foreach (var target in new[] { zeros(2, 2), zeros(2, 2, dtype: ScalarType.Float64), zeros(2, 2).t() })
        {
            file.CopyTo("w", target);
            Assert.Equal([1, -2, 3, 4], Expect.Values(target.to(ScalarType.Float64)));
        }
    }

    [Fact]
    public void MissingFilesAndTensors_AreNamed()
    {
        Assert.Contains(
            "no such weights file",
            Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
        File.WriteAllBytes(path, SafetensorsText.Of("{}", 0));
        Assert.Contains(
            "no tensor 'w'",
            Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path).Read("w")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void FileThatShrinksAfterOpening_IsReported()
    {
        var whole = SafetensorsText.Of("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8);
        File.WriteAllBytes(path, whole);
        var file = SafetensorsFile.Open(path);
        File.WriteAllBytes(path, whole[..^3]);
        Assert.Contains(
            "cut off inside tensor 'w'",
            Assert.Throws<WeightsException>(() => file.Read("w")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void UnknownType_IsRefusedBeforeAnythingIsWritten()
    {
        using var complex = zeros(2, dtype: ScalarType.ComplexFloat32);
        var error = Assert.Throws<WeightsException>(() =>
            SafetensorsFile.Write(path, [KeyValuePair.Create("c", complex)], new Dictionary<string, string>())
        );
        Assert.Contains("tensor 'c'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    // Little endian, 640 begins as a pickle does and 19,280 as a zip archive.
    [Theory]
    [InlineData(640)]
    [InlineData(896)]
    [InlineData(19280)]
    public void AHeaderWhoseLengthLooksLikeAnotherFormat_IsRead(int length)
    {
        using var own = new TemporaryFolder();
        var path = own.File("a.safetensors");
        var header = """{"a": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}""".PadRight(length);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)length), .. System.Text.Encoding.UTF8.GetBytes(header), 7]);
        using var file = WeightsFile.Open(path);
        Assert.Equal(["a"], file.TensorNames);
    }
}
