using System.CommandLine;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Options that several verbs share.</summary>
internal sealed class RunOptions(string trainerName)
{
    public Option<string> Output { get; } =
        new("--output", "-o")
        {
            Description = "Folder that receives the run's files.",
            HelpName = "folder",
            DefaultValueFactory = _ => Path.Combine("out", trainerName),
        };

    public Option<string> Device { get; } = DeviceOption();

    public Option<string?> Checkpoint { get; } =
        new("--checkpoint")
        {
            Description = "Trained weights (safetensors, or .pth, .pt, .pkl). Default: last.safetensors in the output folder.",
            HelpName = "file",
        };

    public Option<int> Pictures { get; } =
        TrainerOptions.Integer("pictures", "Pictures of predictions beside the annotated objects.", 12, 0, 100000);

    public Option<double> PictureScore { get; } = TrainerOptions.Real("picture-score", "Lowest score that is drawn.", 0.3, 0, 1);

    public Option<bool> ClassAccuracy { get; } =
        TrainerOptions.Truth(
            "class-accuracy",
            "Also measure how often the classifier puts the right class first on ground-truth boxes; done anyway where training kept --gradient-statistics.",
            false
        );

    /// <summary>The device, ready for use.</summary>
    /// <exception cref="BadInputException">There is none of the kind.</exception>
    public Device Open(ParseResult arguments)
    {
        TorchLibrary.EnsureLoaded();
        if (arguments.GetValue(Device) == "cpu")
        {
            return CPU;
        }

        return cuda_is_available()
            ? CUDA
            : throw new BadInputException(
                "--device cuda: no CUDA device can be used. It needs an NVIDIA card with its driver, and a program built with -p:TorchBackend=cuda; --device cpu works everywhere."
            );
    }

    /// <summary>The checkpoint that was named, or else the output folder's last.</summary>
    /// <exception cref="BadInputException">It does not exist.</exception>
    public string CheckpointPath(ParseResult arguments)
    {
        if (arguments.GetValue(Checkpoint) is { } named)
        {
            return File.Exists(named)
                ? named
                : throw new BadInputException($"{named}: no such checkpoint; --checkpoint names a file that training wrote.");
        }

        var last = Path.Combine(arguments.GetValue(Output)!, "last.safetensors");
        return File.Exists(last)
            ? last
            : throw new BadInputException($"{last}: no checkpoint yet. Train first, or name one with --checkpoint.");
    }

    /// <summary>The option for a run's seed.</summary>
    public static Option<long> Seed() =>
        new("--seed")
        {
            Description = "Seed of first weights, order of images, augmentation and sampling.",
            HelpName = "integer",
            DefaultValueFactory = _ => 0,
        };

    private static Option<string> DeviceOption()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to compute.",
            HelpName = "cpu|cuda",
            DefaultValueFactory = _ => "cpu",
        };
        option.AcceptOnlyFromAmong("cpu", "cuda");
        return option;
    }
}
