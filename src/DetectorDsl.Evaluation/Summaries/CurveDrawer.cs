using System.Numerics;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Collections;
using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>Draws the precision-recall curves of one category. One for each thread; buffers are reused.</summary>
internal sealed class CurveDrawer(MatchedDetections matched, CurveTable table)
{
    private readonly EvaluationSettings settings = table.Settings;
    private readonly GrowingBuffer<double>[] precisions = Buffers(table.Settings.IouThresholds.Length);
    private readonly int[] other = new int[table.Settings.IouThresholds.Length];
    private readonly Ranking ranking = new();

    /// <summary>Fills the table's rows of a category.</summary>
    /// <param name="curve">The category.</param>
    /// <param name="cells">Its cells, images in order of ids.</param>
    public void Draw(int curve, ReadOnlySpan<Cell> cells)
    {
        var ranked = Rank(cells);
        for (var area = 0; area < settings.AreaRanges.Length; area++)
        {
            var objects = CountObjects(cells, area);
            if (objects > 0)
            {
                Draw(ranked, area, objects, table.Precisions(curve, area), table.Recalls(curve, area));
            }
        }

        for (var limit = 0; limit < settings.MaxDetections.Length; limit++)
        {
            var objects = CountObjects(cells, 0);
            if (objects > 0)
            {
                CountRecalls(cells, settings.MaxDetections[limit], objects, table.LimitedRecalls(curve, limit));
            }
        }
    }

    private ReadOnlySpan<ScoredPlace> Rank(ReadOnlySpan<Cell> cells)
    {
        ranking.Clear();
        foreach (ref readonly var cell in cells)
        {
            var end = cell.FirstDetection + CountedDetections(cell);
            for (var place = cell.FirstDetection; place < end; place++)
            {
                ranking.Add(matched.Detections.Score(matched.Order[place]), place);
            }
        }

        ranking.Sort();
        return ranking.Items;
    }

    private static GrowingBuffer<double>[] Buffers(int count)
    {
        var buffers = new GrowingBuffer<double>[count];
        for (var i = 0; i < count; i++)
        {
            buffers[i] = new GrowingBuffer<double>();
        }

        return buffers;
    }

    private int CountedDetections(in Cell cell) => Math.Min(cell.Detections, settings.MaxDetectionsPerCell ?? int.MaxValue);

    private int CountObjects(ReadOnlySpan<Cell> cells, int area)
    {
        var count = 0;
        foreach (var cell in cells)
        {
            foreach (ref readonly var target in matched.Truth.Objects.AsSpan(cell.FirstObject, cell.Objects))
            {
                if (!target.IsIgnored && !settings.AreaRanges[area].Excludes(target.Annotation.Area))
                {
                    count++;
                }
            }
        }

        return count;
    }

    private void Draw(ReadOnlySpan<ScoredPlace> ranked, int area, int objects, Span<double> meanPrecisions, Span<double> recalls)
    {
        foreach (var list in precisions)
        {
            list.Clear();
        }

        // Most detections are wrong, or of no account, at every threshold: the former are counted once, and once less where they count as something.
        Array.Clear(other);
        var (seen, all) = (0, ulong.MaxValue >> (64 - precisions.Length));
        ReadOnlySpan<ulong> hits = matched.Matches.Hits(area),
            ignored = matched.Matches.Ignored(area);
        foreach (ref readonly var item in ranked)
        {
            var (hit, either) = (hits[item.Place], hits[item.Place] | ignored[item.Place]);
            if (either == all && hit == 0)
            {
                continue;
            }

            seen++;
            for (; either != 0; either &= either - 1)
            {
                var t = BitOperations.TrailingZeroCount(either);
                other[t]++;
                if ((hit >> t & 1) != 0)
                {
                    var right = precisions[t].Count + 1;
                    precisions[t].Add((double)right / (right + seen - other[t]));
                }
            }
        }

        for (var t = 0; t < precisions.Length; t++)
        {
            meanPrecisions[t] = MeanPrecision(precisions[t], objects);
            recalls[t] = (double)precisions[t].Count / objects;
        }
    }

    /// <summary>
    /// Mean over the recall points of the best precision at that recall or beyond. Recall rises and precision peaks only at hits, so that
    /// these alone are stored.
    /// </summary>
    private static double MeanPrecision(GrowingBuffer<double> precisions, int objects)
    {
        var atHits = precisions.Room;
        for (var i = atHits.Length - 2; i >= 0; i--)
        {
            atHits[i] = Math.Max(atHits[i], atHits[i + 1]);
        }

        var (sum, hit) = (0.0, 0);
        foreach (var recall in Grid.Recalls.AsSpan())
        {
            while (hit < atHits.Length && (double)(hit + 1) / objects < recall)
            {
                hit++;
            }

            if (hit == atHits.Length)
            {
                break;
            }

            sum += atHits[hit];
        }

        return sum / Grid.Recalls.Length;
    }

    private void CountRecalls(ReadOnlySpan<Cell> cells, int limit, int objects, Span<double> recalls)
    {
        recalls.Clear();
        var hits = matched.Matches.Hits(0);
        foreach (var cell in cells)
        {
            foreach (var hit in hits.Slice(cell.FirstDetection, Math.Min(cell.Detections, limit)))
            {
                for (var t = 0; t < recalls.Length; t++)
                {
                    recalls[t] += hit >> t & 1;
                }
            }
        }

        foreach (ref var recall in recalls)
        {
            recall /= objects;
        }
    }
}
