using System.Text;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights.PyTorch;

/// <summary>What stands in files of PyTorch beside one plain state dict.</summary>
public sealed class TorchArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public TorchArchiveTests() => path = folder.File("w.pth");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OfWeightsBesideTheirAverage_TheWeightsAreTaken_AndThatIsSaid()
    {
        Write(
            ("model", Dict(("w", View.Of(0, 2)))),
            ("ema", Dict(("module", Dict(("w", View.Of(2, 2)))), ("updates", View.Of(0, 1)))),
            ("optimizer", Dict(("state", Dict(("a", View.Of(0, 1))))))
        );
        var file = WeightsFile.Open(path);
        Assert.Equal([0, 1], Values(file, "w"));
        Assert.Equal(
            "'model' was taken; it also holds 'ema' (1 tensors), 'ema.module' (1 tensors): --key ema takes that.",
            Assert.Single(file.Remarks)
        );

        var average = WeightsFile.Open(new WeightsSource(path) { Key = "ema.module" });
        Assert.Equal([2, 3], Values(average, "w"));
        Assert.Empty(average.Remarks);
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(new WeightsSource(path) { Key = "average" })).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("holds nothing under 'average'; it holds 'model' (1 tensors), 'ema'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfSeveralStateDictsNoneOfWhichIsUsual_OneMustBeNamed()
    {
        Write(("teacher", Dict(("w", View.Of(0, 2)))), ("student", Dict(("w", View.Of(2, 2)))));
        var message = Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message;
        Assert.Equal(
            $"{path}: holds several state dicts: 'teacher' (1 tensors), 'student' (1 tensors). Choose one, as with --key teacher.",
            message
        );
        Assert.Equal([2, 3], Values(WeightsFile.Open(new WeightsSource(path) { Key = "student" }), "w"));
    }

    // {"teacher": d, "student": d}: both keys are listed, and either is taken.
    [Fact]
    public void OneStateDictUnderTwoKeys_IsUnderBoth()
    {
        var archive = TorchArchive.Of(4, [("teacher", Dict(("w", View.Of(2, 2))))]);
        var pickle = archive.AsSpan()[(archive.AsSpan().IndexOf("archive/data.pkl"u8) + 16)..];
        byte[] whole = [.. pickle[pickle.IndexOf<byte>([0x80, 2])..(pickle.IndexOf("s."u8) + 2)]];
        var keep = whole.AsSpan().IndexOf("teacher"u8) + 8;
        byte[] twice =
        [
            .. whole[..keep],
            (byte)'q',
            9,
            .. whole[keep..^1],
            (byte)'X',
            7,
            0,
            0,
            0,
            .. "student"u8,
            (byte)'h',
            9,
            (byte)'s',
            (byte)'.',
        ];
        File.WriteAllBytes(path, TorchArchive.Zip(("archive/data.pkl", twice), ("archive/data/0", new byte[16])));
        Assert.Contains(
            "'teacher' (1 tensors), 'student' (1 tensors)",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["w"], WeightsFile.Open(new WeightsSource(path) { Key = "student" }).TensorNames);
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("net_g")]
    public void TheOnlyStateDict_IsTakenWhateverItsKey(string key)
    {
        Write((key, Dict(("w", View.Of(1, 2)))), ("optimizer", Dict(("m", View.Of(0, 1)))));
        Assert.Equal([1, 2], Values(WeightsFile.Open(path), "w"));
        Assert.Empty(WeightsFile.Open(path).Remarks);
    }

    [Fact]
    public void AKeyMayAlsoBeWhatNamesBeginWith()
    {
        Write(("state_dict", Dict(("ema.w", View.Of(2, 2)), ("model.w", View.Of(0, 2)))));
        var part = WeightsFile.Open(new WeightsSource(path) { Key = "ema" });
        Assert.Equal(["w"], part.TensorNames);
        Assert.Equal([2, 3], Values(part, "w"));
    }

    [Fact]
    public void AveragedModels_LoseTheirPrefix()
    {
        Write(("n_averaged", new View(3, [], [])), ("module.w", View.Of(0, 2)));
        Assert.Equal(["w"], WeightsFile.Open(path).TensorNames);
    }

    [Fact]
    public void OfAKeyThatOccursTwice_TheLastIsTaken_AsInPython()
    {
        Write(("w", View.Of(0, 2)), ("v", View.Of(0, 1)), ("w", View.Of(2, 2)), ("v", Dict()));
        var file = WeightsFile.Open(path);
        Assert.Equal(["w"], file.TensorNames);
        Assert.Equal([2, 3], Values(file, "w"));
    }

    [Fact]
    public void ExpandedTensors_AreRead()
    {
        Write(("rows", new View(1, [3, 2], [0, 1])), ("one", new View(3, [2, 2], [0, 0])), ("columns", new View(0, [2, 2], [1, 0])));
        var file = WeightsFile.Open(path);
        Assert.Equal([3L, 2], file.Describe("rows").Shape.AsEnumerable());
        Assert.Equal([1, 2, 1, 2, 1, 2], Values(file, "rows"));
        Assert.Equal([3, 3, 3, 3], Values(file, "one"));
        Assert.Equal([0, 0, 1, 1], Values(file, "columns"));
        Write(("bomb", new View(0, [1 << 15, 1 << 15], [0, 0])));
        Assert.Contains(
            "count 4294967296 bytes",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AnEntryThatIsCalledOtherwiseWhereItBegins_IsRefused()
    {
        var archive = TorchArchive.Of(4, [("w", View.Of(0, 4))]);
        var name = "archive/data/0"u8;
        archive.AsSpan(archive.AsSpan().IndexOf(name), name.Length)[^1] = (byte)'1';
        File.WriteAllBytes(path, archive);
        Assert.Contains(
            "'archive/data/0' of the archive's list is called otherwise",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );

        File.WriteAllBytes(
            path,
            TorchArchive.Zip(("archive/data.pkl", [0x80, 2, (byte)'}', (byte)'.']), ("archive/data.pkl", [0x80, 2, (byte)'}', (byte)'.']))
        );
        Assert.Contains(
            "two entries 'archive/data.pkl'",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("(", "64 deep")]
    [InlineData("}", "1048576 values")]
    [InlineData("]0", "8388608 values")]
    [InlineData("}\u0094", "1048576 values")]
    public void PicklesWithoutMeasure_AreRefused(string piece, string what)
    {
        var codes = Encoding.Latin1.GetBytes(piece);
        File.WriteAllBytes(
            path,
            TorchArchive.Zip(
                ("archive/data.pkl", [0x80, 2, .. Enumerable.Repeat(codes, (10 << 20) / codes.Length).SelectMany(code => code)])
            )
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(what, Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400 << 20);
    }

    [Fact]
    public void ArchivesOfOtherKinds_AreCalledWhatTheyAre()
    {
        File.WriteAllBytes(
            path,
            TorchArchive.Zip(("m/data.pkl", [0x80, 2, (byte)'}', (byte)'.']), ("m/code/__torch__.py", []), ("m/constants.pkl", []))
        );
        Assert.Contains(
            "a TorchScript archive",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
        File.WriteAllBytes(path, TorchArchive.Zip(("w.npy", [])));
        Assert.Contains(".npz", Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message, StringComparison.Ordinal);
        var quantized = "\u0080\u0002ctorch._utils\n_rebuild_qtensor\n.".Select(letter => (byte)letter).ToArray();
        File.WriteAllBytes(path, TorchArchive.Zip(("m/data.pkl", quantized)));
        Assert.Contains(
            "holds quantized tensors",
            Assert.Throws<WeightsException>(() => WeightsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    private static List<(string Key, object Value)> Dict(params (string Key, object Value)[] pairs) => [.. pairs];

    private static double[] Values(WeightsFile file, string name)
    {
        using var value = file.Read(name);
        return [.. Expect.Values(value.to(ScalarType.Float64))];
    }

    private void Write(params (string Key, object Value)[] pairs) => File.WriteAllBytes(path, TorchArchive.Of(4, pairs));
}
