using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using TorchSharp;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>A run that is refused leaves every file of the output folder, and of the data, as it was.</summary>
[Collection(TorchCollection.Name)]
public sealed class RefusedRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string data;
    private readonly string output;

    public RefusedRunTests()
    {
        (data, output) = (folder.File("data"), folder.File("out"));
        KeptData.Write(data);
        KeptData.Write(folder.File("other"));
        Train("--epochs", "1").Succeeds();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void NothingIsTouchedBeforeEverythingIsChecked()
    {
        Refuses(1, ["--epochs: 1 in the checkpoint, 3 now"], "--resume", "--epochs", "3");
        Refuses(1, ["--seed: 0 in the checkpoint, 7 now"], "--resume", "--epochs", "1", "--seed", "7");
        Refuses(1, ["--learning-rate: 0.003 in the checkpoint, 0.5 now"], "--resume", "--epochs", "1", "--learning-rate", "0.5");
        Refuses(1, ["--batch-size"], "--resume", "--epochs", "1", "--batch-size", "4");
        Refuses(2, ["--resume and --weights"], "--resume", "--weights", "w.safetensors");
        Refuses(2, ["--epochs -1"], "--epochs", "-1");
        Refuses(1, ["no such weights file"], "--weights", folder.File("missing.safetensors"));

        // Weights that fit nothing, and weights that are none.
        using (var value = torch.ones(3))
        {
            Weights.SafetensorsFile.Write(
                folder.File("unfit.safetensors"),
                [KeyValuePair.Create("nothing.of.ours", value)],
                new Dictionary<string, string>()
            );
        }

        File.WriteAllText(folder.File("none.safetensors"), "not weights");
        Refuses(1, ["holds nothing that fits"], "--weights", folder.File("unfit.safetensors"));
        Refuses(1, ["none.safetensors"], "--weights", folder.File("none.safetensors"));

        // Data without masks, with other categories, without images, that is not there.
        Change(set =>
        {
            foreach (var annotation in set["annotations"]!.AsArray())
            {
                annotation!.AsObject().Remove("segmentation");
            }
        });
        Refuses(1, ["no object has a segmentation"], Other("--epochs", "1"));
        Change(set => set["categories"]![0]!["name"] = "circle");
        Refuses(1, ["circle"], Other());
        File.WriteAllText(folder.File("other/train.json"), "{");
        Refuses(1, ["train.json"], Other());
        Refuses(1, ["no such data folder"], "--data", folder.File("nowhere"));
        if (!torch.cuda_is_available())
        {
            Refuses(1, ["no CUDA device"], "--device", "cuda");
        }

        // An output folder that holds the data, from above and from within.
        Refuses(1, ["holds data of this run"], "--output", folder.Path);
        Refuses(1, ["holds data of this run"], "--output", data);
        Refuses(1, ["holds data of this run"], "--output", Path.Combine(data, "train"));

        var last = File.ReadAllBytes(Path.Combine(output, "last.safetensors"));
        File.Delete(Path.Combine(output, "previous.safetensors"));
        last[^40] ^= 1;
        File.WriteAllBytes(Path.Combine(output, "last.safetensors"), last);
        Refuses(1, ["last.safetensors: damaged"], "--resume", "--epochs", "1");
        RefusesVerb("evaluate", 1, ["last.safetensors: damaged"], "--data", data);
        RefusesVerb("predict", 1, ["last.safetensors: damaged"], Path.Combine(data, "val"));
        RefusesVerb("evaluate", 1, ["no such checkpoint"], "--data", data, "--checkpoint", folder.File("missing"));
        RefusesVerb("preview", 1, ["no such data folder"], "--data", folder.File("nowhere"));
    }

    [Fact]
    public void OtherDataIsRefused_AndTheChangeNamed()
    {
        Resumes(_ => { });
        Refuses("annotation 3: another box", set => set["annotations"]![2]!["bbox"]![0] = 44);
        Refuses("annotation 4: another class", set => set["annotations"]![3]!["category_id"] = 2);
        Refuses("annotation 5: another polygon or mask", set => set["annotations"]![4]!["segmentation"]![0]![0] = 8.5);
        Refuses("annotation 6: another crowd or ignore flag", set => set["annotations"]![5]!["iscrowd"] = 1);
        Refuses("annotation 6: another crowd or ignore flag", set => set["annotations"]![5]!["ignore"] = 1);
        Refuses("annotation 7: another image", set => set["annotations"]![6]!["image_id"] = 40);
        Refuses("annotation 8 is gone", set => set["annotations"]!.AsArray().RemoveAt(7));
        Refuses("annotation 900 is new", set => set["annotations"]!.AsArray().Add(With(set["annotations"]![8]!, "id", 900)));
        Refuses("annotation 10 is gone", set => set["annotations"]![9]!["id"] = 901);

        // What training does not see makes no other data.
        Resumes(set =>
        {
            set["info"] = new JsonObject { ["year"] = 1 };
            set["annotations"]![0]!["attributes"] = "new";
        });

        // Without the record beside the checkpoint a change is refused, too; it cannot be named.
        File.Delete(Path.Combine(output, "data.safetensors"));
        Refuses("the annotations are others", set => set["annotations"]![2]!["bbox"]![0] = 44);
    }

    [Fact]
    public void AnotherImageFileIsRefused_AnotherTimeAloneIsNot()
    {
        var image = Path.Combine(data, "train", "3.png");
        File.SetLastWriteTimeUtc(image, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Train("--epochs", "1", "--resume").Succeeds();

        // The same length, another content.
        var bytes = File.ReadAllBytes(image);
        bytes[^1] ^= 1;
        File.WriteAllBytes(image, bytes);
        Refuses(1, ["the data: image 40: another file", "3.png"], "--resume", "--epochs", "1");
        File.WriteAllBytes(image, [.. bytes, 0]);
        Refuses(1, ["the data: image 40: another file"], "--resume", "--epochs", "1");
    }

    [Fact]
    public void ImagesThatVanishDuringTheRunAreLeftOut_WithTheSameBitsWhateverTheThreads()
    {
        // Two of eight are gone after the data was opened: the loader meets them in its first epoch.
        var kept = KeptData.Open(data);
        File.Delete(Path.Combine(data, "train", "2.png"));
        File.WriteAllText(Path.Combine(data, "train", "5.png"), "no picture");
        var run = TrainerRun.Train(new KeptMaskRcnnTrainer(), kept, folder.File("vanish"), steps: 8);
        Assert.Equal(8, run.Steps[^1].Step);
        var told = run
            .Messages.Where(text => text.StartsWith("Left out, and another image in its place: image ", StringComparison.Ordinal))
            .ToList();
        Assert.Contains("image 37:", told[0] + told[1], StringComparison.Ordinal);
        Assert.Contains("image 46:", told[0] + told[1], StringComparison.Ordinal);
        Assert.EndsWith("2 of 8 images so far.", Assert.Single(told[1..]), StringComparison.Ordinal);
        Assert.Equal(
            2,
            File.ReadAllLines(folder.File("vanish/log.jsonl")).Count(line => line.Contains("left_out", StringComparison.Ordinal))
        );
        var again = TrainerRun.Train(new KeptMaskRcnnTrainer(), kept, folder.File("again"), steps: 8, options: ["--loader-threads", "3"]);
        Assert.Equal(File.ReadAllBytes(run.Checkpoint), File.ReadAllBytes(again.Checkpoint));
    }

    private static JsonNode With(JsonNode node, string name, JsonNode value)
    {
        var copy = node.DeepClone();
        copy[name] = value;
        return copy;
    }

    private string[] Other(params string[] args) => ["--data", folder.File("other"), .. args];

    private void Change(Action<JsonNode> change)
    {
        var set = JsonNode.Parse(File.ReadAllText(Path.Combine(data, "train.json")))!;
        change(set);
        File.WriteAllText(folder.File("other/train.json"), set.ToJsonString());
    }

    private CommandLineRun Train(params string[] args) =>
        CommandLineRun.Of(new KeptMaskRcnnTrainer(), ["train", "--output", output, "--data", data, "--pictures", "1", .. args]);

    private void Resumes(Action<JsonNode> change)
    {
        Change(change);
        CommandLineRun
            .Of(new KeptMaskRcnnTrainer(), ["train", "--output", output, "--pictures", "1", "--resume", "--epochs", "1", .. Other()])
            .Succeeds();
    }

    private void Refuses(string word, Action<JsonNode> change)
    {
        Change(change);
        Refuses(1, [word], Other("--resume", "--epochs", "1"));
    }

    private void Refuses(int code, string[] words, params string[] args) => RefusesVerb("train", code, words, args);

    private void RefusesVerb(string verb, int code, string[] words, params string[] args)
    {
        string[] given = args.Contains("--output") ? args : [.. args, "--output", output];
        string[] all = verb == "train" && !args.Contains("--data") ? [.. given, "--data", data] : given;
        var before = Hash();
        CommandLineRun.Of(new KeptMaskRcnnTrainer(), [verb, .. all]).Fails(code, words);
        Assert.True(before == Hash(), $"{verb} {string.Join(' ', args)} was refused and has changed something");
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var file in Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.Exists(file) ? File.ReadAllBytes(file) : []);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
