using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Results;
using DetectorDsl.Evaluation.Tests.Support;
using DetectorDsl.Fuzzing;

namespace DetectorDsl.Evaluation.Tests.Fuzzing;

/// <summary>Damaged results files: always a report or a clear error, and no more memory than the file justifies.</summary>
[Collection(MeasuredAlone.Name)]
public class ResultsFuzzTests
{
    // A piece of a file that is read together, with room for what it holds.
    private const long MostBytes = 32 << 20;

    [Fact]
    public void ADamagedFile_GivesAReportOrAClearError()
    {
        using var folder = new TemporaryFolder();
        var truth = new Scene(2, 2).Object(1, 1, new Box(20, 30, 40, 50)).Object(2, 2, new Box(5, 5, 20, 20)).Build();
        var text = RleMask.FromBox(new Box(20, 30, 40, 50), 200, 200).ToText().Replace("\\", "\\\\", StringComparison.Ordinal);
        var whole = Encoding.UTF8.GetBytes(
            $$$"""
            [{"image_id":1,"category_id":1,"bbox":[20.25,30,40,50],"score":0.9271,"segmentation":{"size":[200,200],"counts":"{{{text}}}"}},
            {"image_id":2,"category_id":2,"score":1,"segmentation":[[5,5,25,5,25,25,5,25.5]], "note":{"a":[1,"},{"]}},
            {"image_id":2,"category_id":7,"score":1e-3,"bbox":[5,5,20,20]}, {"segmentation":{"counts":[5000,100,34900],"size":[200,200]},"image_id":1.0,"category_id":2,"score":-0.5}]
            """
        );
        var evaluators = new[] { IouType.Boxes, IouType.Masks }
            .Select(type => new DetectionEvaluator(truth, EvaluationSettings.Lvis(type)))
            .ToList();
        for (var number = 0; number < Damage.Cases; number++)
        {
            var damage = new Damage(number);
            var path = folder.Write("r.json", damage.Of(whole));
            var before = GC.GetTotalAllocatedBytes(precise: false);
            try
            {
                _ = number % 3 == 2 ? ResultsReader.Read(path, truth).Count : evaluators[number % 3].Evaluate(path).Counts.Detections;
            }
            catch (AnnotationException exception)
            {
                Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
            }

            Assert.InRange(GC.GetTotalAllocatedBytes(precise: false) - before, 0, MostBytes);
        }
    }
}
