using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native.Files;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>summarize</c>: what annotation files hold, and the category file that a declaration reads. Needs no declaration.</summary>
internal static class SummarizeVerb
{
    public static Command For(CommandContext context)
    {
        var data = new SplitOptions("summarize");
        var target = new Option<string?>("--categories")
        {
            Description =
                "Write the categories with counts and frequency groups of the (training) annotations to this file, for [CategorySet].",
            HelpName = "file",
        };
        var command = new Command(
            "summarize",
            "Count classes, objects, images, frequency groups and sizes; write the category file of [CategorySet]."
        );
        data.AddTo(command);
        command.Add(target);
        command.SetAction(arguments =>
        {
            var splits = data.Find(arguments);
            foreach (var split in splits)
            {
                var set = DataCache.Annotations().Read(split.AnnotationFile);
                var counts = AnnotationStatistics.Of(set);
                foreach (var table in StatisticsTables.Of(split.AnnotationFile, set, counts))
                {
                    context.Report.Table(table);
                }

                if (set.ProblemCount > 0)
                {
                    context.Report.Warning($"{set.ProblemCount} defects; check lists them.");
                }

                if (split == splits[0] && arguments.GetValue(target) is { } file)
                {
                    AtomicFile.Write(file, stream => AnnotationWriter.WriteCategoryFile(stream, counts.Categories));
                    context.Report.Line($"{counts.Categories.Length} categories of {split.AnnotationFile} written to {file}.");
                }
            }

            return ExitCodes.Good;
        });
        return command;
    }
}
