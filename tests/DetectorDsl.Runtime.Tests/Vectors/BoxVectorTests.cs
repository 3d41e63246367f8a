using DetectorDsl.Detection.Anchors;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Vectors;

public sealed class BoxVectorTests
{
    [SkippableFact]
    public void AnchorsAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/anchors.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            var (image, levels) = (item.Shape("image"), item.GetProperty("levels"));
            for (var level = 0; level < levels.GetArrayLength(); level++)
            {
                var feature = levels[level].Shape("feature");
                var sides = item.GetProperty("sizes")[level].Numbers();
                var generator = new AnchorGenerator([.. sides], item.GetProperty("ratios")[level].Numbers(), [1], wholePixels: true);
                var grid = generator.Grid(0, feature[0], feature[1], image[0] / feature[0], image[1] / feature[1]);
                Assert.Equal(levels[level].Whole("count"), grid.Count);
                var (first, last) = (levels[level].Singles("first"), levels[level].Singles("last"));
                var numbers = grid.Numbers<float>().ToArray();
                Assert.Equal(first, numbers[..first.Length]);
                Assert.Equal(last, numbers[^last.Length..]);
                using var all = grid.ToTensor(CPU);
                Expect.Digest(levels[level].GetProperty("digest"), all, 0, 0, $"level {level}");
                var cell = item.GetProperty("cell_anchors")[level].Numbers();
                Assert.Equal(Array.ConvertAll(cell, corner => (float)corner), numbers[..cell.Length]);
            }
        }
    }

    [SkippableFact]
    public void OffsetsAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/box_coder.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            var weights = item.Numbers("weights");
            var coder = new DeltaBoxCoder(1 / weights[0], 1 / weights[2]);
            var (reference, proposals, deltas) = (item.Numbers("reference"), item.Numbers("proposals"), item.Numbers("deltas"));
            Boxes boxes = proposals;
            var encoded = new double[reference.Length];
            for (var i = 0; i < boxes.Count; i++)
            {
                coder.Encode(boxes[i], ((Boxes)reference)[i], encoded.AsSpan(i * 4, 4));
            }

            var classDeltas = item.Numbers("class_deltas");
            Expect.Close(item.Numbers("encoded"), encoded, 1e-9, 1e-9, "encoded");
            Expect.Close(item.Numbers("decoded"), Decoded(coder, boxes, deltas), 1e-9, 1e-9, "decoded");
            Expect.Close(item.Numbers("class_decoded"), Decoded(coder, boxes, classDeltas), 1e-9, 1e-9, "decoded for several classes");
        }
    }

    private static double[] Decoded(DeltaBoxCoder coder, Boxes boxes, double[] deltas)
    {
        var classes = deltas.Length / (boxes.Count * 4);
        var decoded = deltas.Chunk(4).Select((own, i) => coder.Decode<double>(boxes[i / classes], own));
        return Boxes.Of(decoded.ToArray()).Numbers<double>().ToArray();
    }

    [SkippableFact]
    public void MatchesAreThoseOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/matcher.json");
        Assert.Single(cases);
        foreach (var item in cases)
        {
            var assigner = new MaxIouAssigner(item.Real("high"), item.Real("low"), 0, item.Truth("allow_low_quality"));
            Assert.Equal(item.Shape("matches"), assigner.Assign(item.Singles("proposals"), item.Singles("gt")).Matched);
        }
    }

    [SkippableFact]
    public void SuppressionIsThatOfTorchvision()
    {
        var cases = ReferenceVectors.Cases("ops/nms.json");
        Assert.Equal(3, cases.Length);
        var perClass = 0;
        foreach (var item in cases)
        {
            using var scope = NewDisposeScope();
            var (boxes, scores) = (item.Matrix("boxes", ScalarType.Float32), tensor(item.Singles("scores")));
            var threshold = item.Real("threshold");
            if (item.TryGetProperty("classes", out _))
            {
                perClass++;
                var classes = tensor(item.Integers("classes"));
                Assert.Equal(
                    item.Integers("keep"),
                    NonMaximumSuppression.KeepPerClass(boxes, scores, classes, threshold).data<long>().ToArray()
                );
                Assert.Equal(
                    item.Integers("keep_ignoring_classes"),
                    NonMaximumSuppression.Keep(boxes, scores, threshold).data<long>().ToArray()
                );
            }
            else
            {
                Assert.Equal(item.Integers("keep"), NonMaximumSuppression.Keep(boxes, scores, threshold).data<long>().ToArray());
            }
        }

        Assert.Equal(1, perClass);
    }
}
