using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Collections;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Splits detections and objects into cells and matches the cells in parallel.</summary>
internal static class Matcher
{
    private const int CellsAtOnce = 64;

    public static MatchedDetections Match(TruthIndex truth, DetectionTable table)
    {
        var order = DetectionOrder.Of(truth, table);
        var cells = CellsOf(truth, table, order);
        var matches = new MatchTable(order.Length, truth.Settings.AreaRanges.Length);
        var matched = new MatchedDetections(truth, table, order, cells, matches);
        RangeWorkers.Run(cells.Length, CellsAtOnce, truth.Settings.Threads, () =>
        {
            var matcher = new CellMatcher(matched);
            return (start, end) =>
            {
                for (var i = start; i < end; i++)
                {
                    matcher.Match(cells[i]);
                }
            };
        });
        return matched;
    }

    private static Cell[] CellsOf(TruthIndex truth, DetectionTable table, ReadOnlySpan<int> order)
    {
        var cells = new GrowingBuffer<Cell>();
        ReadOnlySpan<TruthObject> objects = truth.Objects;
        var (detection, target) = (0, 0);
        while (detection < order.Length || target < objects.Length)
        {
            var ofDetection = detection < order.Length ? KeyOfDetection(order[detection]) : long.MaxValue;
            var ofObject = target < objects.Length ? KeyOfObject(objects[target]) : long.MaxValue;
            var key = Math.Min(ofDetection, ofObject);
            var (firstDetection, firstObject) = (detection, target);
            while (detection < order.Length && KeyOfDetection(order[detection]) == key)
            {
                detection++;
            }

            while (target < objects.Length && KeyOfObject(objects[target]) == key)
            {
                target++;
            }

            cells.Add(
                new Cell((int)(key / truth.Images.Length), firstDetection, detection - firstDetection, firstObject, target - firstObject)
            );
        }

        return cells.Items.ToArray();

        long Key(int category, int image) => ((long)truth.CurveOf(category) * truth.Images.Length) + image;

        long KeyOfDetection(int row) => Key(table.Category(row), table.Image(row));

        long KeyOfObject(in TruthObject item) => Key(item.Category, item.Image);
    }
}
