using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Importing;
using DetectorDsl.Runtime.Weights;

namespace DetectorDsl.Runtime.CommandLine;

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
        var labels = Required("--labels", "folder", "VOC's folder Annotations: one XML file an image.");
        var names = new Option<string?>("--names") { Description = "Class names, one a line, in the order of the labels. Default: those that occur.", HelpName = "file" };
        var target = Target();
        var command = new Command("voc", "Pascal VOC: one XML file an image. Objects marked difficult become crowd regions.") { labels, names, target };
        command.SetAction(arguments => Write(VocImport.Read(arguments.GetRequiredValue(labels), arguments.GetValue(names) is { } file ? ClassNames.Read(file) : null), arguments.GetRequiredValue(target), context));
        return command;
    }

    private static Command Yolo(CommandContext context)
    {
        var labels = Required("--labels", "folder", "Folder of the text files.");
        var images = Required("--images", "folder", "Folder of the images, whose sizes the shares refer to.");
        var names = Required("--names", "file", "Class names, one a line, in the order of the class numbers.");
        var target = Target();
        var command = new Command("yolo", "YOLO: one text file an image, a box or an outline a line.") { labels, images, names, target };
        command.SetAction(arguments => Write(YoloImport.Read(arguments.GetRequiredValue(labels), arguments.GetRequiredValue(images), ClassNames.Read(arguments.GetRequiredValue(names))), arguments.GetRequiredValue(target), context));
        return command;
    }

    private static int Write(AnnotationSet set, string target, CommandContext context)
    {
        AtomicFile.Write(target, stream => AnnotationWriter.Write(stream, set));
        foreach (var problem in set.Problems)
        {
            context.Output.WriteLine(problem);
        }

        context.Report.Line($"{set.Images.Length} images with {set.Annotations.Length} objects of {set.Categories.Length} categories written to {target}{(set.Problems.IsEmpty ? "." : $"; left out: {set.Problems.Length}.")}");
        return set.Problems.IsEmpty ? ExitCodes.Good : ExitCodes.BadInput;
    }

    private static Option<string> Required(string name, string kind, string help) => new(name) { Description = help, HelpName = kind, Required = true };

    private static Option<string> Target() => Required("--to", "file", "The JSON file to write; an existing one is replaced.");
}
