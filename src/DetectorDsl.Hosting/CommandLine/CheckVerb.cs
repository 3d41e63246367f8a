using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>check</c>: every defect of a data set, one a line. Needs no declaration; that the categories are not a declaration's is a remark, no defect.</summary>
internal static class CheckVerb
{
    public static Command For(IReadOnlyList<DetectorTrainer> trainers, CommandContext context)
    {
        var data = new SplitOptions("check");
        var command = new Command(
            "check",
            "List every defect of a data set, whose images are all decoded once: file, entry, what is wrong, what training does about it. Exit code 1 if there are any."
        );
        data.AddTo(command);
        command.SetAction(arguments =>
        {
            var defects = 0;
            foreach (var split in data.Find(arguments))
            {
                var problems = new ProblemList(split.AnnotationFile);
                var set = DataCache.Annotations().Read(split.AnnotationFile);
                context.Report.Work($"Checking {split.AnnotationFile}", progress =>
                {
                    var verdicts = DataCache.Images(split.ImageFolder);
                    try
                    {
                        problems = DatasetCheck.Run(set, split, progress, context.Cancellation, verdicts);
                    }
                    finally
                    {
                        verdicts.Keep();
                    }
                });
                foreach (var problem in problems.Kept)
                {
                    context.Output.WriteLine(problem);
                }

                if (problems.Count > problems.Kept.Length)
                {
                    context.Output.WriteLine($"{split.AnnotationFile}: ... and {problems.Count - problems.Kept.Length} more.");
                }

                foreach (var remark in DatasetCheck.Remarks(set))
                {
                    context.Report.Warning($"{split.AnnotationFile}: {remark}");
                }

                foreach (
                    var same in trainers
                        .GroupBy(trainer =>
                            CategoryAgreement.Difference(
                                set.Categories,
                                [.. trainer.Categories.Select(category => (category.Id, category.Name))]
                            )
                        )
                        .Where(same => same.Key is not null)
                )
                {
                    context.Report.Warning(
                        $"{split.AnnotationFile}: not for {string.Join(", ", same.Select(trainer => trainer.Name))}: its categories are not the declared ones. {same.Key}"
                    );
                }

                context.Report.Line(
                    $"{split.AnnotationFile}: {(problems.Count == 0 ? "no defect" : problems.Count == 1 ? "1 defect" : $"{problems.Count} defects")} in {set.Images.Length} images with {set.Annotations.Length} objects of {set.Categories.Length} categories."
                );
                defects += problems.Count;
            }

            return defects == 0 ? ExitCodes.Good : ExitCodes.BadInput;
        });
        return command;
    }
}
