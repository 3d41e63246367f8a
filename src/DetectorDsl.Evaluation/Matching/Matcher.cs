using System.Collections.Concurrent;

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
        if (cells.Length > 0)
        {
            Parallel.ForEach(
                Partitioner.Create(0, cells.Length, CellsAtOnce),
                new ParallelOptions { MaxDegreeOfParallelism = truth.Settings.Threads },
                () => new CellMatcher(matched),
                (range, _, matcher) =>
                {
                    for (var i = range.Item1; i < range.Item2; i++)
                    {
                        matcher.Match(cells[i]);
                    }

                    return matcher;
                },
                _ => { });
        }

        return matched;
    }

    private static Cell[] CellsOf(TruthIndex truth, DetectionTable table, int[] order)
    {
        var cells = new List<Cell>();
        var (detection, target) = (0, 0);
        while (detection < order.Length || target < truth.Objects.Length)
        {
            var key = Math.Min(KeyOfDetection(detection), KeyOfObject(target));
            var (firstDetection, firstObject) = (detection, target);
            while (KeyOfDetection(detection) == key)
            {
                detection++;
            }

            while (KeyOfObject(target) == key)
            {
                target++;
            }

            cells.Add(new Cell((int)(key / truth.Images.Length), firstDetection, detection - firstDetection, firstObject, target - firstObject));
        }

        return [.. cells];

        long Key(int category, int image) => ((long)truth.CurveOf(category) * truth.Images.Length) + image;

        long KeyOfDetection(int place) => place < order.Length ? Key(table.Category(order[place]), table.Image(order[place])) : long.MaxValue;

        long KeyOfObject(int place) => place < truth.Objects.Length ? Key(truth.Objects[place].Category, truth.Objects[place].Image) : long.MaxValue;
    }
}
