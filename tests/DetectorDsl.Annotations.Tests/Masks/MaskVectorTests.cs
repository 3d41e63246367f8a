using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DetectorDsl.Annotations.Tests.Support;

namespace DetectorDsl.Annotations.Tests.Masks;

/// <summary>The values of pycocotools on its masks: texts, areas and boxes exact, overlaps to 1e-12.</summary>
public class MaskVectorTests
{
    [SkippableFact]
    public void PolygonsAndPixelsGiveTheSameRuns()
    {
        var shapes = Vectors().GetProperty("shapes");
        Assert.Equal(16, shapes.GetArrayLength());
        foreach (var shape in shapes.EnumerateArray())
        {
            var (height, width) = (shape.GetProperty("height").GetInt32(), shape.GetProperty("width").GetInt32());
            if (shape.TryGetProperty("parts", out var parts))
            {
                var rings = parts.EnumerateArray().Select(Numbers).ToImmutableArray();
                AssertIs(shape, RleMask.FromPolygons(rings, height, width));
                if (shape.TryGetProperty("each", out var each))
                {
                    Assert.Equal(
                        each.EnumerateArray().Select(Text),
                        rings.Select(ring => RleMask.FromPolygon(ring.AsSpan(), height, width).ToText())
                    );
                }
            }
            else
            {
                AssertIs(shape, RleMask.FromBitmap(Pixels(shape, height, width), height, width));
            }
        }
    }

    [SkippableFact]
    public void OverlapsUnionsAndIntersectionsAgree()
    {
        foreach (var group in Vectors().GetProperty("groups").EnumerateArray())
        {
            var detections = group.GetProperty("detections").EnumerateArray().Select(Mask).ToArray();
            var objects = group.GetProperty("objects").EnumerateArray().Select(Mask).ToArray();
            var crowds = group.GetProperty("iscrowd").EnumerateArray().Select(value => value.GetInt32() != 0).ToArray();
            for (var d = 0; d < detections.Length; d++)
            {
                for (var o = 0; o < objects.Length; o++)
                {
                    Assert.Equal(
                        group.GetProperty("mask_iou")[d][o].GetDouble(),
                        RleMask.Overlap(detections[d], objects[o], isCrowd: false),
                        1e-12
                    );
                    Assert.Equal(
                        group.GetProperty("mask_iou_crowd")[d][o].GetDouble(),
                        RleMask.Overlap(detections[d], objects[o], crowds[o]),
                        1e-12
                    );
                }
            }

            RleMask[] all = [.. detections, .. objects];
            AssertIs(group.GetProperty("union_all"), RleMask.Merge(all, intersect: false));
            AssertIs(group.GetProperty("intersection_all"), RleMask.Merge(all, intersect: true));
        }
    }

    [SkippableFact]
    public void BoxesAndPlainRunsAgree()
    {
        foreach (var item in Vectors().GetProperty("boxes").EnumerateArray())
        {
            var box = Numbers(item.GetProperty("box"));
            AssertIs(
                item,
                RleMask.FromBox(
                    new Box(box[0], box[1], box[2], box[3]),
                    item.GetProperty("height").GetInt32(),
                    item.GetProperty("width").GetInt32()
                )
            );
        }

        foreach (var item in Vectors().GetProperty("plain").EnumerateArray())
        {
            uint[] runs = [.. item.GetProperty("plain_counts_in").EnumerateArray().Select(run => run.GetUInt32())];
            AssertIs(item, RleMask.FromRuns(item.GetProperty("height").GetInt32(), item.GetProperty("width").GetInt32(), runs));
        }
    }

    private static JsonElement Vectors() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryFolders.Shared("vectors/masks"), "masks.json"))).RootElement;

    private static void AssertIs(JsonElement expected, RleMask mask)
    {
        Assert.Equal(Text(expected.GetProperty("rle")), mask.ToText());
        Assert.Equal(mask, Mask(expected.GetProperty("rle")));
        Assert.Equal(expected.GetProperty("area").GetInt64(), mask.Area);
        var box = Numbers(expected.GetProperty("bbox"));
        Assert.Equal(new Box(box[0], box[1], box[2], box[3]), mask.Bounds);
        if (expected.GetProperty("plain_counts").ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(expected.GetProperty("plain_counts").EnumerateArray().Select(run => run.GetUInt32()), mask.Runs.ToArray());
        }

        var pixels = mask.ToBitmap();
        Assert.Equal(expected.GetProperty("pixels").GetInt64(), pixels.Sum(pixel => pixel));
        Assert.Equal(expected.GetProperty("weighted_sum").GetInt64(), pixels.Select((pixel, place) => (long)pixel * (place + 1)).Sum());
    }

    private static string Text(JsonElement rle) => rle.GetProperty("counts").GetString()!;

    private static RleMask Mask(JsonElement rle) =>
        RleMask.FromText(Encoding.ASCII.GetBytes(Text(rle)), rle.GetProperty("size")[0].GetInt32(), rle.GetProperty("size")[1].GetInt32());

    private static ImmutableArray<double> Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static byte[] Pixels(JsonElement shape, int height, int width) =>
        shape.TryGetProperty("rows", out var rows)
            ? [.. rows.EnumerateArray().SelectMany(row => row.GetString()!).Select(pixel => (byte)(pixel - '0'))]
            : [.. Enumerable.Range(0, height * width).Select(place => SharedRandom.U(81, (uint)place) < 0.4 ? (byte)1 : (byte)0)];
}
