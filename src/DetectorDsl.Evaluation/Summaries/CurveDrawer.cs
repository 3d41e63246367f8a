using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Summaries;

/// <summary>Draws the precision-recall curves of one category. One for each thread; buffers are reused.</summary>
internal sealed class CurveDrawer(MatchedDetections matched, CurveTable table)
{
    private readonly EvaluationSettings settings = table.Settings;
    private readonly List<double>[] precisions = [.. table.Settings.IouThresholds.Select(_ => new List<double>())];
    private readonly int[] wrong = new int[table.Settings.IouThresholds.Length];
    private ScoredPlace[] ranking = [];

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
        var count = 0;
        foreach (var cell in cells)
        {
            count += CountedDetections(cell);
        }

        if (ranking.Length < count)
        {
            ranking = new ScoredPlace[Math.Max(count, 2 * ranking.Length)];
        }

        var next = 0;
        foreach (var cell in cells)
        {
            for (var place = cell.FirstDetection; place < cell.FirstDetection + CountedDetections(cell); place++)
            {
                ranking[next++] = new ScoredPlace(matched.Detections.Score(matched.Order[place]), place);
            }
        }

        var ranked = ranking.AsSpan(0, count);
        ranked.Sort();
        return ranked;
    }

    private int CountedDetections(in Cell cell) => Math.Min(cell.Detections, settings.MaxDetectionsPerCell ?? int.MaxValue);

    private int CountObjects(ReadOnlySpan<Cell> cells, int area)
    {
        var count = 0;
        foreach (var cell in cells)
        {
            foreach (ref readonly var target in matched.Truth.Objects.AsSpan(cell.FirstObject, cell.Objects))
            {
                if (!target.IsCrowd && !settings.AreaRanges[area].Excludes(target.Annotation.Area))
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

        Array.Clear(wrong);
        ReadOnlySpan<ulong> hits = matched.Matches.Hits(area), ignored = matched.Matches.Ignored(area);
        foreach (var (_, place) in ranked)
        {
            var (hit, either) = (hits[place], hits[place] | ignored[place]);
            for (var t = 0; t < precisions.Length; t++)
            {
                if ((hit >> t & 1) != 0)
                {
                    var right = precisions[t].Count + 1;
                    precisions[t].Add((double)right / (right + wrong[t]));
                }
                else if ((either >> t & 1) == 0)
                {
                    wrong[t]++;
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
    private static double MeanPrecision(List<double> atHits, int objects)
    {
        for (var i = atHits.Count - 2; i >= 0; i--)
        {
            atHits[i] = Math.Max(atHits[i], atHits[i + 1]);
        }

        var (sum, hit) = (0.0, 0);
        foreach (var recall in Grid.Recalls)
        {
            while (hit < atHits.Count && (double)(hit + 1) / objects < recall)
            {
                hit++;
            }

            if (hit == atHits.Count)
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
