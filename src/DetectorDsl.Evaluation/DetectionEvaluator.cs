using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Errors;
using DetectorDsl.Evaluation.Matching;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Evaluation.Summaries;

namespace DetectorDsl.Evaluation;

/// <summary>Compares detections with annotations by the rules of COCO or LVIS.</summary>
/// <remarks>
/// One pass over the detections, parallel over images and categories; memory grows with the number of detections and objects, not with images
/// times categories. Values agree with pycocotools and lvis-api to 1e-9, the order of equal scores included.
/// </remarks>
public sealed class DetectionEvaluator
{
    private readonly AnnotationSet annotations;
    private readonly TruthIndex truth;

    /// <summary>Prepares the annotations; the evaluator may then be used any number of times.</summary>
    /// <param name="truth">What should be found.</param>
    /// <param name="settings">Rules and limits.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="AnnotationException">The annotations cannot be evaluated against, such as masks without any segmentation.</exception>
    public DetectionEvaluator(AnnotationSet truth, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        annotations = truth;
        this.truth = new TruthIndex(truth, settings);
    }

    /// <summary>Evaluates detections.</summary>
    /// <param name="results">All detections on all images, in any order; among equal scores of an image and category the first wins.</param>
    /// <returns>The values.</returns>
    /// <exception cref="AnnotationException">A detection cannot be used; the message names its place in the list.</exception>
    public EvaluationReport Evaluate(IReadOnlyList<DetectionResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Evaluate(Fill(truth, results));
    }

    /// <summary>Sorts detections by their kinds of error, and tells which categories are taken for which.</summary>
    /// <param name="results">All detections on all images.</param>
    /// <param name="errorSettings">Thresholds; null for the defaults.</param>
    /// <returns>Counts of each category, and confusions. The rules in force decide which detections count; a limit per image and category does not apply.</returns>
    /// <exception cref="AnnotationException">A detection cannot be used; the message names its place in the list.</exception>
    /// <exception cref="ArgumentException">A threshold is out of range.</exception>
    public ErrorReport Analyze(IReadOnlyList<DetectionResult> results, ErrorSettings? errorSettings = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        errorSettings ??= new ErrorSettings();
        errorSettings.Validate();

        // Across categories: the objects of an image are filed together, and no area range but the first is looked at.
        var settings = truth.Settings with { ClassAgnostic = true, MaxDetections = [], AreaRanges = [truth.Settings.AreaRanges[0]] };
        var byImage = new TruthIndex(annotations, settings);
        return new ErrorSorter(byImage, Fill(byImage, results), errorSettings).Sort();
    }

    /// <summary>Evaluates a results file as it is read; masks are kept only where there is something to compare them with.</summary>
    /// <param name="resultsPath">A file in COCO's results format, plain or gzipped.</param>
    /// <returns>The values.</returns>
    /// <exception cref="AnnotationException">The file or one of its entries cannot be used; the message names both.</exception>
    public EvaluationReport Evaluate(string resultsPath)
    {
        ArgumentNullException.ThrowIfNull(resultsPath);
        var table = new DetectionTable(truth);
        var words = StatedIds.Of(annotations);
        ResultsFile.ForEach(
            resultsPath,
            truth.Settings.Threads,
            () => new ResultConverter(truth.FindImage, table.NeedsMask, words),
            () => new DetectionTable(truth),
            table.Append
        );
        return Evaluate(table);
    }

    private EvaluationReport Evaluate(DetectionTable table)
    {
        var matched = Matcher.Match(truth, table);
        return ReportBuilder.Build(matched, Accumulator.Accumulate(matched));
    }

    private static DetectionTable Fill(TruthIndex truth, IReadOnlyList<DetectionResult> results)
    {
        var table = new DetectionTable(truth);
        for (var i = 0; i < results.Count; i++)
        {
            try
            {
                table.Add(results[i]);
            }
            catch (AnnotationException exception)
            {
                throw new AnnotationException($"Detection {i} of {results.Count}: {exception.Message.TrimEnd('.')}.");
            }
        }

        return table;
    }
}
