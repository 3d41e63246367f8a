using DetectorDsl.Evaluation.Matching;

namespace DetectorDsl.Evaluation.Errors;

/// <summary>Sorts the detections of each image by kind of error.</summary>
/// <param name="truth">The objects, filed by image.</param>
/// <param name="table">The detections.</param>
/// <param name="settings">Thresholds.</param>
internal sealed class ErrorSorter(TruthIndex truth, DetectionTable table, ErrorSettings settings)
{
    private readonly ErrorCounts[] counts = [.. truth.Categories.Select(category => new ErrorCounts(category.Id, category.Name))];
    private readonly Dictionary<(int? Truth, int? Detected), int> confusions = [];

    public ErrorReport Sort()
    {
        var matched = Matcher.Match(truth, table);
        foreach (var cell in matched.Cells)
        {
            var rows = matched.Order.AsSpan(cell.FirstDetection, cell.Detections);
            SortImage(cell, rows[..Shown(rows)]);
        }

        return new ErrorReport(
            [.. counts],
            [
                .. confusions
                    .OrderByDescending(item => item.Value)
                    .ThenBy(item => item.Key.Truth ?? int.MaxValue)
                    .ThenBy(item => item.Key.Detected ?? int.MaxValue)
                    .Select(item => new Confusion(IdOf(item.Key.Truth), IdOf(item.Key.Detected), item.Value)),
            ]
        );
    }

    private int? IdOf(int? place) => place is { } category ? truth.Categories[category].Id : null;

    /// <summary>Rows come by descending score.</summary>
    private int Shown(ReadOnlySpan<int> rows)
    {
        var count = 0;
        while (count < rows.Length && table.Score(rows[count]) >= settings.ScoreThreshold)
        {
            count++;
        }

        return count;
    }

    private void SortImage(in Cell cell, ReadOnlySpan<int> rows)
    {
        var ious = new double[rows.Length * cell.Objects];
        truth.Settings.IouType.Fill(truth, cell.FirstObject..(cell.FirstObject + cell.Objects), table, rows, ious);
        var image = new ErrorImage(truth.Objects.AsMemory(cell.FirstObject, cell.Objects), ious);
        for (var d = 0; d < rows.Length; d++)
        {
            var category = table.Category(rows[d]);
            if (
                !SortDetection(image, d, counts[category], category)
                && !truth.CountsHitsOnly(table.Image(rows[d]), category)
                && image.Crowd(d, category) < settings.IouThreshold
            )
            {
                SortError(image, d, counts[category], category);
            }
        }

        foreach (var category in image.Missed())
        {
            counts[category].Missed++;
        }

        Confuse(cell, rows, ious);
    }

    private bool SortDetection(ErrorImage image, int detection, ErrorCounts count, int category)
    {
        var found = image.Find(detection, category, settings.IouThreshold);
        count.Right += found ? 1 : 0;
        return found;
    }

    private void SortError(ErrorImage image, int detection, ErrorCounts count, int category)
    {
        var (same, taken, other) = image.Nearest(detection, category);
        if (same >= settings.BackgroundThreshold && same < settings.IouThreshold)
        {
            count.Misplaced++;
        }
        else if (other >= settings.IouThreshold)
        {
            count.WrongCategory++;
        }
        else if (taken >= settings.IouThreshold)
        {
            count.Duplicate++;
        }
        else if (Math.Max(same, other) < settings.BackgroundThreshold)
        {
            count.Background++;
        }
        else
        {
            count.WrongCategoryAndMisplaced++;
        }
    }

    private void Confuse(in Cell cell, ReadOnlySpan<int> rows, double[] ious)
    {
        var image = new ErrorImage(truth.Objects.AsMemory(cell.FirstObject, cell.Objects), ious);
        for (var d = 0; d < rows.Length; d++)
        {
            var category = table.Category(rows[d]);
            if (image.FindAny(d, settings.IouThreshold) is { } found)
            {
                Count(found, category);
            }
            else if (!truth.CountsHitsOnly(table.Image(rows[d]), category) && image.Crowd(d, category) < settings.IouThreshold)
            {
                Count(null, category);
            }
        }

        foreach (var category in image.Missed())
        {
            Count(category, null);
        }
    }

    private void Count(int? found, int? detected) => confusions[(found, detected)] = confusions.GetValueOrDefault((found, detected)) + 1;
}
