using DetectorDsl.Annotations;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>Whatever is wrong with the data, the folders or the machine: one message with file, entry and remedy, and the exit code 1.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BadInputTests() => TinyData.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void MissingDataFolder() => Train("--data", folder.File("nowhere")).Fails(1, folder.File("nowhere"), "--data");

    [Fact]
    public void NoDataNamedAnywhere() => Train().Fails(1, "--data FOLDER", "--train-annotations");

    [Fact]
    public void FolderWithoutKnownLayout()
    {
        Directory.CreateDirectory(folder.File("empty"));
        Train("--data", folder.File("empty")).Fails(1, folder.File("empty"), "train.json", "--train-annotations");
    }

    [Fact]
    public void MissingAnnotationFile() => Train("--train-annotations", folder.File("gone.json")).Fails(1, folder.File("gone.json"));

    [Fact]
    public void TruncatedAnnotations()
    {
        File.WriteAllText(folder.File("train.json"), File.ReadAllText(folder.File("train.json"))[..^40]);
        Train("--data", folder.Path).Fails(1, folder.File("train.json"), "cut off");
    }

    [Fact]
    public void MissingImageFolder()
    {
        Directory.Delete(folder.File("train"), recursive: true);
        Train("--data", folder.Path).Fails(1, folder.File("train"), "--train-images");
    }

    [Fact]
    public void OtherCategories()
    {
        var set = AnnotationReader.Read(folder.File("train.json"));
        TinyData.Save(folder.File("train.json"), set with { Categories = [new Category(3, "green"), new Category(7, "blue, dark")] });
        Train("--data", folder.Path).Fails(1, folder.File("train.json"), "3 'red' is 'green' here");
    }

    [Fact]
    public void NoUsableImage()
    {
        foreach (var file in Directory.GetFiles(folder.File("train")))
        {
            File.Delete(file);
        }

        Train("--data", folder.Path).Fails(1, folder.File("train.json"), "image 100", "does not exist");
    }

    [Fact]
    public void FaultyEntries_AreNamedAndTheRestTrains()
    {
        var set = AnnotationReader.Read(folder.File("train.json"));
        TinyData.Save(
            folder.File("train.json"),
            set with
            {
                Images = [.. set.Images, new AnnotatedImage(200, "absent.png", 50, 50), new AnnotatedImage(100, "again.png", 50, 50)],
                Annotations =
                [
                    .. set.Annotations,
                    TinyData.Rectangle(50, 100, 3, 500, 0, 10, 10),
                    TinyData.Rectangle(51, 100, 3, 5, 5, 0, 10),
                    TinyData.Rectangle(52, 100, 99, 5, 5, 10, 10),
                    TinyData.Rectangle(53, 999, 3, 5, 5, 10, 10),
                    TinyData.Rectangle(1, 100, 3, 5, 5, 10, 10),
                    TinyData.Rectangle(54, 100, 3, 5, 5, 10, 10) with
                    {
                        Segmentation = new PolygonSegmentation([
                            [],
                        ]),
                    },
                ],
            }
        );

        var run = Train("--data", folder.Path);

        run.Succeeds();
        Assert.All(
            [
                "annotation 50: its box [500, 0, 10, 10] lies outside image 100",
                "annotation 51: its box has the size 0 x 10",
                "annotation 52: category 99 is not in the file",
                "annotation 53: image 999 is not in the file",
                "annotation 1: the id occurs twice",
                "annotation 54: 1 of its 1 polygons",
                "image 100 (again.png)",
                "image 200:",
                "3 images with 8 objects",
                "1 without a file",
            ],
            words => Assert.Contains(words, run.Output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void UnreadableValidationImage_IsLeftOutOfTheEvaluation()
    {
        File.WriteAllText(folder.File("val/image1.png"), "no picture");

        var run = Train("--data", folder.Path);

        run.Succeeds();
        Assert.Contains("1 unreadable", run.Output, StringComparison.Ordinal);
        Assert.Contains("image 101", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 images, 6 objects, 6 detections", run.Output, StringComparison.Ordinal);
        Assert.Contains("AP       100.0  100.0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputInUse()
    {
        using var held = OutputFolder.Open(folder.File("out"));
        Train("--data", folder.Path).Fails(1, folder.File("out"), "in use", "--output");
    }

    [Fact]
    public void OutputThatIsAFile()
    {
        File.WriteAllText(folder.File("out"), "");
        Train("--data", folder.Path).Fails(1, folder.File("out"), "--output");
    }

    [Fact]
    public void NoSpaceLeft()
    {
        var trainer = Trainer(
            (_, _) =>
                throw new IOException(
                    "last.safetensors: cannot be written (No space left on device). Free space or choose another output folder."
                )
        );
        CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out")).Fails(1, "No space left", "Free space");
    }

    [Fact]
    public void OutOfMemory()
    {
        var trainer = Trainer(
            (_, _) =>
                throw new System.Runtime.InteropServices.ExternalException(
                    "CUDA out of memory. Tried to allocate 2.00 GiB.\nException raised from malloc at CachingAllocator.cpp"
                )
        );
        CommandLineRun
            .Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out"))
            .Fails(1, "Tried to allocate 2.00 GiB.", "Smaller batches");
    }

    [Fact]
    public void FailureOnSeveralThreads_IsToldOnce()
    {
        var trainer = Trainer((_, _) => Parallel.For(0, 8, i => throw new IOException($"picture {i}: No space left on device")));
        CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out")).Fails(1, "No space left on device");
    }

    [Fact]
    public void LossThatIsNotFinite_EndsWith3()
    {
        var trainer = Trainer(
            (_, _) => throw new NonFiniteLossException("Step 7: loss_cls is NaN; image ids 100, 101. Training has stopped.")
        );
        CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out")).Fails(3, "loss_cls is NaN", "100, 101");
    }

    [Fact]
    public void NoCudaDevice() => Train("--data", folder.Path, "--device", "cuda").Fails(1, "--device cuda", "TorchBackend=cuda");

    [Fact]
    public void NothingToResume() => Train("--data", folder.Path, "--resume").Fails(1, "last.safetensors", "--resume");

    [Fact]
    public void MissingWeights() =>
        Train("--data", folder.Path, "--weights", folder.File("gone.safetensors")).Fails(1, "gone.safetensors", "--weights");

    [Theory]
    [InlineData("evaluate")]
    [InlineData("predict")]
    public void NoCheckpointYet(string verb) =>
        CommandLineRun
            .Of(Trainer(), [verb, "--output", folder.File("out"), .. verb == "predict" ? [folder.File("val")] : Array.Empty<string>()])
            .Fails(1, folder.File("out"), "--checkpoint");

    [Fact]
    public void MissingCheckpoint() =>
        CommandLineRun
            .Of(Trainer(), "evaluate", "--checkpoint", folder.File("gone.safetensors"))
            .Fails(1, "gone.safetensors", "--checkpoint");

    [Fact]
    public void DamagedCheckpoint()
    {
        File.WriteAllText(folder.File("bad.safetensors"), "these are no weights");
        CommandLineRun
            .Of(
                Trainer(),
                "evaluate",
                "--data",
                folder.Path,
                "--output",
                folder.File("out"),
                "--checkpoint",
                folder.File("bad.safetensors")
            )
            .Fails(1, "bad.safetensors");
    }

    [Fact]
    public void ADefectOfTheProgram_IsOneLineAndACode_WithItsTraceInAFile()
    {
        var trainer = Trainer((_, _) => throw new InvalidOperationException("a defect\nof two lines"));
        var run = CommandLineRun.Of(trainer, "train", "--data", folder.Path, "--output", folder.File("out"));
        run.Fails(5, "A defect of the program (InvalidOperationException: a defect)");
        Assert.Equal(1, run.Error.Count(letter => letter == '\n'));
        var file = run.Error[
            (run.Error.IndexOf("stands in ", StringComparison.Ordinal) + 10)..run.Error.IndexOf("; report", StringComparison.Ordinal)
        ];
        Assert.Contains(
            nameof(ADefectOfTheProgram_IsOneLineAndACode_WithItsTraceInAFile),
            File.ReadAllText(file),
            StringComparison.Ordinal
        );
        File.Delete(file);
    }

    private CommandLineRun Train(params string[] args) => CommandLineRun.Of(Trainer(), ["train", "--output", folder.File("out"), .. args]);

    private HandWrittenTrainer Trainer(Action<TrainingRequest, CancellationToken>? during = null) =>
        new() { TruthFile = folder.File("val.json"), During = during };
}
