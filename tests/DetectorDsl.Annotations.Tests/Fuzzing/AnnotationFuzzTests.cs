using System.Text;
using System.Text.Json;
using DetectorDsl.Annotations.Tests.Support;
using DetectorDsl.Fuzzing;

namespace DetectorDsl.Annotations.Tests.Fuzzing;

/// <summary>Damaged annotation files and masks: always a clear error or a set, and no more memory than the file justifies.</summary>
public class AnnotationFuzzTests
{
    // Whatever a small file says, and the buffers that reading any file takes.
    private const long MostBytes = 16 << 20;

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        """
        {"info": {"year": 2020}, "images": [{"id": 1, "file_name": "a.jpg", "width": 20, "height": 10, "neg_category_ids": [3], "not_exhaustive_category_ids": [2]},
          {"id": 7, "coco_url": "http://images.cocodataset.org/train2017/b.jpg", "width": 30, "height": 40}],
         "annotations": [
          {"id": 1, "image_id": 1, "category_id": 2, "bbox": [1, 2.5, 3.25, 4], "area": 12.5, "iscrowd": 0, "segmentation": [[1.5, 2.25, 6, 2.5, 4, 6.125], [1, 1, 3, 1, 3, 3, 1, 3]]},
          {"segmentation":[[0.0,0.5,10.25,0.5,10.25,9.75,0,9.75]],"area":90.06,"image_id":1,"bbox":[0.0,0.5,10.25,9.25],"category_id":3,"id":2},
          {"id":3,"image_id":7,"category_id":2,"bbox":[-1.5,0,1e1,4],"area":40,"iscrowd":1,"segmentation":{"counts":[5,10,1185],"size":[40,30]}},
          {"id":4,"image_id":7,"category_id":3,"bbox":[1,2,3,4],"area":12,"segmentation":{"counts":"5:UU1","size":[40,30]},"extra":{"a":[1,{"b":null}]}},
          {"id":5,"image_id":7,"category_id":3,"bbox":[1.123456789,2,3,123456789012.5],"area":12,"segmentation":[[]]}],
         "categories": [{"id": 2, "name": "caf\u00e9", "frequency": "r", "synset": "a.n.01", "image_count": 3, "instance_count": 4}, {"id": 3, "name": "b", "synonyms": ["x"]}]}
        """
    );

    [Fact]
    public void ADamagedFile_IsReadTheSameWithAndWithoutTheFastPath()
    {
        for (var number = 0; number < Damage.Cases; number++)
        {
            var damage = new Damage(number);
            var bytes = damage.Of(Whole);
            var size = 1 << damage.Next(13);
            Assert.Equal((number, Outcome(bytes, size, scans: false)), (number, Outcome(bytes, size, scans: true)));
        }
    }

    [Fact]
    public void ADamagedFile_GivesASetOrAClearError()
    {
        using var folder = new TemporaryFolder();
        for (var number = 0; number < Damage.Cases; number++)
        {
            var path = folder.Write("a.json", new Damage(number).Of(Whole));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.All(AnnotationReader.Read(path).Problems, problem => Assert.NotEqual("", problem.What));
            }
            catch (AnnotationException exception)
            {
                Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }

    [Fact]
    public void ADamagedMask_IsAMaskOfTheSize_OrAClearError()
    {
        var whole = Encoding.ASCII.GetBytes(RleMask.FromPolygon([3.5, 2, 90, 40.25, 60, 190, 5, 150.5], 200, 100).ToText());
        for (var number = 0; number < Damage.Cases; number++)
        {
            var damage = new Damage(number);
            var text = damage.Of(whole);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var mask = RleMask.FromText(text, 200, 100);
                Assert.Equal(20_000, mask.Runs.ToArray().Sum(run => run));
                Assert.Equal(mask, RleMask.FromText(Encoding.ASCII.GetBytes(mask.ToText()), 200, 100));
                Assert.InRange(mask.Bounds.Width, 0, 100);
            }
            catch (AnnotationException exception)
            {
                Assert.Matches("mask", exception.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }

    /// <summary>What a file holds, or what kind of mistake it has, as text.</summary>
    private static string Outcome(byte[] bytes, int size, bool scans)
    {
        var problems = new ProblemList("a.json");
        var parser = new AnnotationFileParser(problems, size, scans);
        try
        {
            parser.Parse(new MemoryStream(bytes));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return parser.Place + exception.GetType().Name;
        }

        var set = new AnnotationChecks(parser, problems).Apply();
        using var written = new MemoryStream();
        AnnotationWriter.Write(written, set);
        return Encoding.UTF8.GetString(written.ToArray()) + string.Join('\n', set.Problems);
    }
}
