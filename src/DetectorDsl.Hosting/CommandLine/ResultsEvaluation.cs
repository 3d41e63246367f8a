using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Native.Files;
using DetectorDsl.Training.Evaluating;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Scores a results file of any detector against an annotation file.</summary>
internal sealed class ResultsEvaluation
{
    private readonly Option<string?> annotations = new("--annotations")
    {
        Description = "With --results: what should be found, COCO or LVIS JSON.",
        HelpName = "file",
    };
    private readonly Option<string?> results = new("--results")
    {
        Description = "With --annotations: what was found, a COCO results file (also .gz).",
        HelpName = "file",
    };
    private readonly Option<string> rules = Choice(
        "--rules",
        "With --results: by whose rules.",
        EvaluationRules.Coco.Name,
        EvaluationRules.Lvis.Name
    );
    private readonly Option<string> iouType = Choice(
        "--iou-type",
        "With --results: whether boxes or masks are compared.",
        IouType.Boxes.Name,
        IouType.Masks.Name
    );
    private readonly StrictOption strict = new();
    private readonly Option<string?> json = new("--json")
    {
        Description = "With --results: also write the values to this file.",
        HelpName = "file",
    };

    public void AddTo(Command command)
    {
        strict.AddTo(command);
        foreach (Option option in (Option[])[annotations, results, rules, iouType, json])
        {
            command.Add(option);
        }
    }

    public bool IsWanted(ParseResult arguments) => arguments.GetValue(annotations) is not null || arguments.GetValue(results) is not null;

    public int Run(ParseResult arguments, CommandContext context)
    {
        if (arguments.GetValue(annotations) is not { } annotationFile || arguments.GetValue(results) is not { } resultsFile)
        {
            throw new UsageException("evaluate: --annotations and --results need each other.");
        }

        var truth = AnnotationReader.Read(annotationFile);
        if (strict.IsWanted(arguments))
        {
            truth.RequireFlawless(annotationFile);
        }

        foreach (var problem in truth.Problems.Take(10))
        {
            context.Report.Warning(problem.ToString());
        }

        if (truth.ProblemCount > 10)
        {
            context.Report.Warning($"... and {truth.ProblemCount - 10} more entries of {annotationFile}.");
        }

        var by = arguments.GetValue(rules) == EvaluationRules.Lvis.Name ? EvaluationRules.Lvis : EvaluationRules.Coco;
        if (by.WhyUnfit(truth) is { } why)
        {
            throw new AnnotationException($"{annotationFile}: {why}");
        }

        var settings = by.Settings(arguments.GetValue(iouType) == IouType.Masks.Name ? IouType.Masks : IouType.Boxes);
        var report = new DetectionEvaluator(truth, settings).Evaluate(resultsFile);
        foreach (var line in ReportTable.Summary(report).Concat(ReportTable.Categories(report)))
        {
            context.Report.Line(line);
        }

        if (arguments.GetValue(json) is { } target)
        {
            AtomicFile.Write(target, stream => ReportJson.Write(stream, report));
        }

        return ExitCodes.Good;
    }

    private static Option<string> Choice(string name, string help, string first, string second)
    {
        var option = new Option<string>(name)
        {
            Description = help,
            HelpName = $"{first}|{second}",
            DefaultValueFactory = _ => first,
        };
        option.AcceptOnlyFromAmong(first, second);
        return option;
    }
}
