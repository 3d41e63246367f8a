using System.Text.Json;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Heads;

public sealed class BucketBoxCoderTests
{
    private const int PerSide = 7;

    private static readonly Corners<float> Region = new(100, 100, 200, 180);
    private static readonly Corners<float> Object = new(110, 95, 190, 190);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixtures.OfHead("side_aware.json", "coder").GetArrayLength())];

    [Fact]
    public void TheWorkedExample()
    {
        // Widened: 65 to 235 and 72 to 208, buckets of 170 / 14 and 136 / 14. Left: 65 + 3.5 * 12.142857 = 107.5, 2.5 below 110, -0.205882 of a bucket.
        var targets = new float[16 * PerSide];
        new BucketBoxCoder().EncodeTarget(Region, Object, targets);
        int[] nearest = [3, 3, 2, 1];
        int[] second = [4, 4, 1, 2];
        double[] distances = [-0.205882, 0.205882, 0.132353, 0.352941];
        for (var side = 0; side < 4; side++)
        {
            for (var bucket = 0; bucket < PerSide; bucket++)
            {
                var place = (side * PerSide) + bucket;
                Assert.Equal(bucket == nearest[side] ? 1 : 0, targets[place]);
                Assert.Equal(bucket == second[side] ? 0 : 1, targets[(4 * PerSide) + place]);
                Assert.Equal(bucket == nearest[side] || bucket == second[side] ? 1 : 0, targets[(12 * PerSide) + place]);
            }

            Expect.Close(distances[side], targets[(8 * PerSide) + (side * PerSide) + nearest[side]], 1e-6, 0, $"side {side}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TargetsBoxesAndConfidences_AreMmdetections(int number)
    {
        var expected = Fixtures.OfHead("side_aware.json", "coder")[number];
        var (coder, seed, count) = (Coder(expected), expected.Whole("seed"), expected.Whole("count"));
        var boxes = Fixtures.Boxes(seed, count);
        Boxes objects = [.. Filling.Numbers(seed + 1, count * 4, -9, 9).Select((shift, i) => boxes[i] + (float)shift)];
        var size = coder.Numbers / 2;
        float[] logits = [.. Filling.Numbers(seed + 2, count * size, -3, 3).Select(value => (float)value)];
        float[] distances = [.. Filling.Numbers(seed + 3, count * size, -1, 1).Select(value => (float)value)];
        var (targets, decoded, confidence) = (new float[count * coder.TargetNumbers], new Corners<float>[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            float[] numbers = [.. logits.AsSpan(i * size, size), .. distances.AsSpan(i * size, size)];
            var box = ((Boxes)boxes).In<float>()[i];
            coder.EncodeTarget(box, objects.In<float>()[i], targets.AsSpan(i * coder.TargetNumbers, coder.TargetNumbers));
            decoded[i] = coder.DecodeWithin(box, numbers, 110, 120);
            confidence[i] = coder.Confidence(numbers);
        }

        Close("targets", targets, 2e-5);
        Close("decoded", [.. Boxes.Of(decoded)], 1e-4);
        Close("confidence", confidence, 1e-6);

        void Close(string name, float[] actual, double absolute) =>
            Expect.Close(expected.Numbers(name), Array.ConvertAll(actual, value => (double)value), absolute, 0, name);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(7)]
    public void AnObjectIsFoundAgain(int buckets)
    {
        var coder = new BucketBoxCoder(buckets);
        var (targets, numbers) = (new float[coder.TargetNumbers], new float[coder.Numbers]);
        coder.EncodeTarget(Region, Object, targets);
        targets.AsSpan(0, coder.Numbers / 2).CopyTo(numbers);
        targets.AsSpan(coder.Numbers, coder.Numbers / 2).CopyTo(numbers.AsSpan(coder.Numbers / 2));
        var decoded = coder.Decode<float>(Region, numbers);
        for (var i = 0; i < 4; i++)
        {
            Expect.Close(Object[i], decoded[i], 1e-4, 0, "box");
        }
    }

    [Fact]
    public void CertaintyNeedsNeighbours_AndBearsAnyLogits()
    {
        var coder = new BucketBoxCoder(6);

        // Three buckets a side. Left: all on the first. Right: half each on neighbours. Top: half each on the outer two. Bottom: even, of which two neighbours count.
        float[] logits = [1000, 0, 0, 1000, 1000, -1000, 1000, -1000, 1000, 0, 0, 0];
        Expect.Close((1 + 1 + 0.5 + (2.0 / 3)) / 4, coder.Confidence([.. logits, .. new float[12]]), 1e-6, 0, "confidence");
        Assert.Equal(1, ((IBoxDecoder)new DeltaBoxCoder()).Confidence([0, 0, 0, 0]));
    }

    [Fact]
    public void BucketsThatCannotBe_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BucketBoxCoder(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BucketBoxCoder(14, scale: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BucketBoxCoder(14, nearest: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BucketBoxCoder(14, nearest: 8));
    }

    private static BucketBoxCoder Coder(JsonElement of) =>
        new(of.Whole("buckets"), of.Real("scale"), of.Whole("nearest"), of.Real("reach"), of.Truth("ignore"));
}
