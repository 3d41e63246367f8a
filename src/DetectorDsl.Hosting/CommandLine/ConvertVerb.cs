using System.Collections.Immutable;
using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Importing;
using DetectorDsl.Native.Files;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>convert</c>: other formats of annotations as COCO JSON. Needs no declaration.</summary>
internal static class ConvertVerb
{
    public static Command For(CommandContext context)
    {
        var verb = new Command("convert", "Turn annotations of Pascal VOC or YOLO into COCO JSON.") { Voc(context), Yolo(context) };
        verb.SetAction((Func<ParseResult, int>)(_ => throw new UsageException("convert: name the format; there are voc and yolo.")));
        return verb;
    }

    private static Command Voc(CommandContext context)
    {
        var labels = Required("--labels", "folder", "VOC's folder Annotations: one XML file an image, in folders below it, too.");
        var images = new Option<string?>("--images")
        {
            Description =
                "Folder of the images, each called like its XML file. Default: JPEGImages or images beside --labels, or --labels itself where images lie there.",
            HelpName = "folder",
        };
        var names = new Option<string?>("--names")
        {
            Description = "Class names, one a line, in the order of the labels. Default: those that occur.",
            HelpName = "file",
        };
        var target = Target();
        var command = new Command("voc", "Pascal VOC: one XML file an image. Objects marked difficult become crowd regions.")
        {
            labels,
            images,
            names,
            target,
        };
        command.SetAction(arguments =>
        {
            var classes = arguments.GetValue(names) is { } file ? ClassNames.Read(file) : (ImmutableArray<string>?)null;
            return Write(
                VocImport.Read(arguments.GetRequiredValue(labels), classes, arguments.GetValue(images)),
                arguments.GetRequiredValue(target),
                context
            );
        });
        return command;
    }

    private static Command Yolo(CommandContext context)
    {
        var labels = new Option<string?>("--labels")
        {
            Description = "Folder of the text files. Default with a data.yaml: each image's path with 'labels' for 'images'.",
            HelpName = "folder",
        };
        var images = new Option<string?>("--images")
        {
            Description =
                "Folder of the images, whose sizes the shares refer to, or a text file that lists them. Default with a data.yaml: what it names for --part.",
            HelpName = "folder",
        };
        var names = Required("--names", "file", "Class names: a data.yaml, or a text with one a line, in the order of the class numbers.");
        var part = new Option<string>("--part")
        {
            Description = "With a data.yaml: which of its images.",
            HelpName = "train|val|test",
            DefaultValueFactory = _ => "train",
        };
        part.AcceptOnlyFromAmong("train", "val", "test");
        var target = Target();
        var command = new Command("yolo", "YOLO: one text file an image, a box or an outline a line.")
        {
            labels,
            images,
            names,
            part,
            target,
        };
        command.SetAction(arguments =>
        {
            var file = arguments.GetRequiredValue(names);
            var data = Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" ? YoloDataFile.Read(file) : null;
            IReadOnlyList<string> sources = arguments.GetValue(images) is { } stated
                ? [stated]
                : data?.Images(arguments.GetRequiredValue(part))
                    ?? throw new UsageException("convert yolo: --images is needed where --names is no data.yaml.");
            if (data is null && arguments.GetValue(labels) is null)
            {
                throw new UsageException("convert yolo: --labels is needed where --names is no data.yaml.");
            }

            var found = YoloImages.Find(sources, data?.Root ?? Environment.CurrentDirectory, arguments.GetValue(labels));
            var read = YoloImport.Read(found, data?.Names ?? ClassNames.Read(file), data?.Points);
            context.Report.Line($"Names of images are relative to {found.Folder}.");
            return Write(read, arguments.GetRequiredValue(target), context);
        });
        return command;
    }

    private static int Write(ImportedAnnotations read, string target, CommandContext context)
    {
        var set = read.Set;
        AtomicFile.Write(target, stream => AnnotationWriter.Write(stream, set));
        foreach (var problem in set.Problems)
        {
            context.Output.WriteLine(problem);
        }

        if (set.ProblemCount > set.Problems.Length)
        {
            context.Output.WriteLine($"... and {set.ProblemCount - set.Problems.Length} more.");
        }

        foreach (var remark in read.Remarks)
        {
            context.Report.Warning(remark);
        }

        context.Report.Line(
            $"{set.Images.Length} images with {set.Annotations.Length} objects of {set.Categories.Length} categories written to {target}{(set.Problems.IsEmpty ? "." : $"; left out: {set.ProblemCount}.")}"
        );
        return set.Problems.IsEmpty ? ExitCodes.Good : ExitCodes.BadInput;
    }

    private static Option<string> Required(string name, string kind, string help) =>
        new(name)
        {
            Description = help,
            HelpName = kind,
            Required = true,
        };

    private static Option<string> Target() => Required("--to", "file", "The JSON file to write; an existing one is replaced.");
}
