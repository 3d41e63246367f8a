using System.CommandLine;
using System.Globalization;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Options that say where the data lies.</summary>
internal sealed class DataOptions
{
    public Option<string?> Folder { get; } =
        Path(
            "--data",
            "folder",
            "Data folder in one of the usual layouts: train.json beside train/ and val.json beside val/; annotations/instances_train2017.json; annotations/lvis_v1_train.json; train/_annotations.coco.json; instances.json beside images/. Default: what the declaration names."
        );

    public Option<string?> TrainAnnotations { get; } =
        Path("--train-annotations", "file", "Annotations of the training images, COCO or LVIS JSON.");

    public Option<string?> TrainImages { get; } =
        Path("--train-images", "folder", "Folder of the training images. Default: that of their annotations.");

    public Option<string?> ValidationAnnotations { get; } =
        Path("--validation-annotations", "file", "Annotations of the validation images, COCO or LVIS JSON.");

    public Option<string?> ValidationImages { get; } =
        Path("--validation-images", "folder", "Folder of the validation images. Default: that of their annotations.");

    public Option<IReadOnlySet<long>?> Images { get; } = ImageIds.CreateOption();

    public Option<int?> Limit { get; } = LimitOption();

    public StrictOption Strict { get; } = new();

    public void AddTo(Command command, bool training, bool validation = true)
    {
        Strict.AddTo(command);
        command.Add(Folder);
        command.Add(Images);
        command.Add(Limit);
        if (training)
        {
            command.Add(TrainAnnotations);
            command.Add(TrainImages);
            Require(command, TrainImages, TrainAnnotations);
        }

        if (validation)
        {
            command.Add(ValidationAnnotations);
            command.Add(ValidationImages);
            Require(command, ValidationImages, ValidationAnnotations);
        }
    }

    private static Option<int?> LimitOption()
    {
        var option = new Option<int?>("--limit-images")
        {
            Description = "At most so many images of each annotation file, spread evenly over it, for a quick trial. Default: all.",
            HelpName = "integer",
        };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens is [var token]
                && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var most)
                && most < 1
            )
            {
                result.AddError($"--limit-images {token.Value}: at least 1 image is wanted.");
            }
        });
        return option;
    }

    private static void Require(Command command, Option<string?> images, Option<string?> annotations) =>
        command.Validators.Add(result =>
        {
            if (result.GetValue(images) is not null && result.GetValue(annotations) is null)
            {
                result.AddError($"{images.Name} needs {annotations.Name} beside it.");
            }
        });

    private static Option<string?> Path(string name, string kind, string help) => new(name) { Description = help, HelpName = kind };
}
