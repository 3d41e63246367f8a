using DetectorDsl.Evaluation.Collections;

namespace DetectorDsl.Evaluation.Matching;

/// <summary>Matches the detections of a cell, best first, each with the object that it overlaps most. One for each thread; buffers are reused.</summary>
internal sealed class CellMatcher(MatchedDetections matched)
{
    private readonly TruthIndex truth = matched.Truth;
    private readonly EvaluationSettings settings = matched.Truth.Settings;
    private readonly double[] thresholds = Reachable(matched.Truth.Settings.IouThresholds.AsSpan());
    private readonly Ranking ranking = new();
    private double[] ious = [];
    private int[] before = [];
    private int[] objects = [];
    private ulong[] taken = [];
    private bool[] hitsOnly = [];

    public void Match(in Cell cell)
    {
        var rows = matched.Order.AsSpan(cell.FirstDetection, cell.Detections);
        Rank(rows);
        var count = Math.Min(rows.Length, settings.MaxDetectionsPerCell ?? int.MaxValue);
        rows = rows[..count];
        if (count == 0)
        {
            return;
        }

        Grow(ref ious, count * cell.Objects);
        Grow(ref objects, cell.Objects);
        Grow(ref taken, cell.Objects);
        if (cell.Objects > 0)
        {
            settings.IouType.Fill(
                truth,
                cell.FirstObject..(cell.FirstObject + cell.Objects),
                matched.Detections,
                rows,
                ious.AsSpan(0, count * cell.Objects)
            );
        }

        Grow(ref hitsOnly, count);
        for (var d = 0; d < count; d++)
        {
            hitsOnly[d] = truth.CountsHitsOnly(matched.Detections.Image(rows[d]), matched.Detections.Category(rows[d]));
        }

        for (var area = 0; area < settings.AreaRanges.Length; area++)
        {
            MatchArea(cell, rows, area);
        }
    }

    private static double[] Reachable(ReadOnlySpan<double> thresholds)
    {
        var reachable = thresholds.ToArray();
        foreach (ref var threshold in reachable.AsSpan())
        {
            threshold = Math.Min(threshold, 1 - 1e-10);
        }

        return reachable;
    }

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[Math.Max(length, 2 * buffer.Length)];
        }
    }

    private void Rank(Span<int> rows)
    {
        if (rows.Length < 2)
        {
            return;
        }

        ranking.Clear();
        for (var i = 0; i < rows.Length; i++)
        {
            ranking.Add(matched.Detections.Score(rows[i]), i);
        }

        ranking.Sort();
        Grow(ref before, rows.Length);
        rows.CopyTo(before);
        var ranked = ranking.Items;
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = before[ranked[i].Place];
        }
    }

    private void MatchArea(in Cell cell, ReadOnlySpan<int> rows, int area)
    {
        var range = settings.AreaRanges[area];
        var hits = matched.Matches.Hits(area).Slice(cell.FirstDetection, rows.Length);
        var ignored = matched.Matches.Ignored(area).Slice(cell.FirstDetection, rows.Length);
        var counting = SortObjects(cell, range);
        var all = ulong.MaxValue >> (64 - thresholds.Length);
        taken.AsSpan(0, cell.Objects).Clear();
        for (var d = 0; d < rows.Length; d++)
        {
            var (hit, ignoredHit) = MatchDetection(cell, ious.AsSpan(d * cell.Objects, cell.Objects), counting);
            hits[d] = hit;
            ignored[d] = hitsOnly[d] || range.Excludes(matched.Detections.Area(rows[d])) ? all & ~hit : ignoredHit;
        }
    }

    /// <summary>Objects that count first, then those that do not, each in their order; returns how many count.</summary>
    private int SortObjects(in Cell cell, AreaRange range)
    {
        var counting = 0;
        for (var o = 0; o < cell.Objects; o++)
        {
            if (!IsIgnored(cell.FirstObject + o, range))
            {
                objects[counting++] = o;
            }
        }

        var next = counting;
        for (var o = 0; o < cell.Objects; o++)
        {
            if (IsIgnored(cell.FirstObject + o, range))
            {
                objects[next++] = o;
            }
        }

        return counting;
    }

    private bool IsIgnored(int place, AreaRange range) =>
        truth.Objects[place].IsIgnored || range.Excludes(truth.Objects[place].Annotation.Area);

    /// <summary>The thresholds at which a detection finds an object that counts, and those at which it finds one that does not.</summary>
    private (ulong Hit, ulong Ignored) MatchDetection(in Cell cell, ReadOnlySpan<double> overlaps, int counting)
    {
        var best = 0.0;
        foreach (var overlap in overlaps)
        {
            best = Math.Max(best, overlap);
        }

        var (hit, ignored) = (0UL, 0UL);
        for (var t = 0; t < thresholds.Length && best >= thresholds[t]; t++)
        {
            var bit = 1UL << t;
            var match = Find(cell, overlaps, thresholds[t], bit, 0, counting);
            if (match >= 0)
            {
                hit |= bit;
            }
            else if ((match = Find(cell, overlaps, thresholds[t], bit, counting, cell.Objects)) >= 0)
            {
                ignored |= bit;
            }

            if (match >= 0)
            {
                taken[match] |= bit;
            }
        }

        return (hit, ignored);
    }

    /// <summary>The object with the largest overlap among those still free (a crowd always is); the later one of equals, -1 where none reaches the threshold.</summary>
    private int Find(in Cell cell, ReadOnlySpan<double> overlaps, double threshold, ulong bit, int from, int to)
    {
        var (match, best) = (-1, threshold);
        for (var i = from; i < to; i++)
        {
            var o = objects[i];
            if (overlaps[o] >= best && ((taken[o] & bit) == 0 || truth.Objects[cell.FirstObject + o].IsCrowd))
            {
                (match, best) = (o, overlaps[o]);
            }
        }

        return match;
    }
}
